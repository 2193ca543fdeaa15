"""A plug-in that brings a rubric, a measure and two aggregators."""
