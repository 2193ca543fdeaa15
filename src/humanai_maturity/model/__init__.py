"""What rubrics, answers and assessments are made of: values only, no input, no output."""
