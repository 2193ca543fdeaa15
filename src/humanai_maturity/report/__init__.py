"""Results and rubrics for people to read."""
