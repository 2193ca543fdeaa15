"""Whether a scorecard meets what a gate asks for, or what raises a flag."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import ge, gt, le, lt

from humanai_maturity.engine.result import CriterionResult, NodeResult
from humanai_maturity.lint.implication import thresholds
from humanai_maturity.model.checks.requirements import Comparison
from humanai_maturity.model.exact import Threshold
from humanai_maturity.model.rubric import Rubric
from humanai_maturity.model.rules import CriterionRequirement, DimensionRequirement

Rows = Mapping[str, NodeResult | CriterionResult]

_TESTS: dict[str, Callable[[Fraction, Fraction], bool]] = {"at_least": ge, "above": gt, "at_most": le, "below": lt}


def meets(atom: Comparison, rows: Rows, rubric: Rubric) -> bool:
    """Return whether a comparison holds where everything is answered."""
    if isinstance(atom, CriterionRequirement | DimensionRequirement):
        name = atom.criterion if isinstance(atom, CriterionRequirement) else atom.dimension
        return all(passes(key, value, rows[name], rubric) for key, value in thresholds(atom))
    weights = {name: rows[name].exact.weight or Fraction(0) for name in atom.of}
    met = [name for name in weights if all(passes(key, value, rows[name], rubric) for key, value in thresholds(atom))]
    return sum((weights[name] for name in met), Fraction(0)) >= atom.share * sum(weights.values(), Fraction(0))


def passes(key: str, threshold: Threshold, row: NodeResult | CriterionResult, rubric: Rubric) -> bool:
    """Return whether a row passes one comparison: by its stage with a stage's id, by its score with a number."""
    if isinstance(threshold, str):
        value = None if row.stage is None else Fraction(row.stage.number)
        bound = Fraction(rubric.stage_numbers[threshold])
    else:
        value, bound = row.exact.score, threshold
    return value is not None and _TESTS[key](value, bound)
