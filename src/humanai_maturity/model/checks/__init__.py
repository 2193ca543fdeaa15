"""The checks behind `humanai_maturity.model.consistency`, one module for each matter."""
