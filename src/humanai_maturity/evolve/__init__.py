"""How rubrics change from one version to the next: what differs, by ids, and what that means for existing results."""
