"""For those who write rubrics: documents laid out in one way, and a start for a new rubric."""
