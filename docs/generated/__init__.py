"""What the site says by itself: each module writes one kind of it."""
