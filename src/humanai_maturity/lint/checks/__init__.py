"""The checks behind `humanai_maturity.check`, one module for each matter."""
