"""The engine: from a rubric and answers to a scorecard, exactly."""

from humanai_maturity.engine.scorecard import Scorecard
from humanai_maturity.engine.scorer import Scorer, score

__all__ = ["Scorecard", "Scorer", "score"]
