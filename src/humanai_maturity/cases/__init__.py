"""Worked cases: answers with the results that a rubric was built to give, loaded, run and compared."""

from humanai_maturity.cases.loading import load_cases
from humanai_maturity.cases.running import CaseResult, Difference, run_cases

__all__ = ["CaseResult", "Difference", "load_cases", "run_cases"]
