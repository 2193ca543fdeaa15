"""Is a valid rubric sound? Questions about it that scoring answers, and others that reading its texts answers."""
