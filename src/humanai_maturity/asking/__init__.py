"""Asking: an assessment that comes about one question after the other, whoever puts the questions."""
