"""Documents on their way in and out: YAML, JSON and CSV text to the model and back, with every problem in its place."""
