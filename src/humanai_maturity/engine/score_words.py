"""Score rules and policies in words: how values become a score, and what becomes of what is not known."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import assert_never

from humanai_maturity.engine.compilation import DEFAULT_POLICY
from humanai_maturity.engine.wording import asked, one_line
from humanai_maturity.model.exact import written
from humanai_maturity.model.rubric import Dimension, Rubric
from humanai_maturity.model.rules import (
    Aggregate,
    LowerMedian,
    Maximum,
    Mean,
    MeanMin,
    Minimum,
    PowerMean,
    Quantile,
    Rounding,
    ScoreRule,
    Sum,
)

_POLICY = ("missing", "coverage_floor", "max_not_applicable")
_MISSING = {
    "leave_out": "what is unknown is left out",
    "worst": "what is unknown counts as the worst",
    "void": "one unknown gives the worst score",
    "required": "one unknown leaves it without a score",
}
_MODES = {
    "half_even": "to the nearest, halves to even",
    "half_up": "to the nearest, halves up",
    "down": "by cutting off",
    "up": "away from 0",
    "floor": "down",
    "ceiling": "up",
}


def score_rule_words(rule: ScoreRule) -> str:
    """Return a score rule in one line.

    Example:
        >>> score_rule_words(Mean(over="leaves", round=Rounding(digits=1, mode="down")))
        'the weighted mean of all criteria below it, rounded to 1 decimal place by cutting off'
    """
    parts = [_of(rule)]
    if rule.over == "leaves":
        parts[0] += " of all criteria below it"
    if rule.normalise:
        parts.append("each brought onto 0 to 1 first")
    if rule.weights == "equal":
        parts.append("each counted once, whatever its weight")
    if rule.onto is not None:
        parts.append(f"brought onto {written(rule.onto.minimum)} to {written(rule.onto.maximum)}")
    if rule.clip is not None:
        ends = (("at least", rule.clip.minimum), ("at most", rule.clip.maximum))
        parts += [f"{word} {written(end)}" for word, end in ends if end is not None]
    if rule.round is not None:
        parts.append(_rounded(rule.round))
    return ", ".join(parts)


def _of(rule: ScoreRule) -> str:
    match rule:
        case Mean():
            return "the weighted mean"
        case Minimum():
            return "the lowest value"
        case Maximum():
            return "the highest value"
        case LowerMedian():
            return "the weighted lower median"
        case Quantile():
            return f"the smallest value that {asked(rule.q)} of the weight does not exceed"
        case PowerMean():
            floor = "" if rule.floor is None else f" and values of at least {written(rule.floor)}"
            return f"the weighted power mean with the exponent {written(rule.exponent)}{floor}"
        case MeanMin():
            return f"{asked(rule.alpha)} of the weighted mean and {asked(1 - rule.alpha)} of the lowest value"
        case Sum():
            base = f"{written(rule.base)} and " if rule.base else ""
            return f"{base}the sum of values times their weights"
        case Aggregate():
            return f"what the aggregator {rule.name} makes of them{params_words(rule.params)}"
        case _:
            assert_never(rule)


def params_words(params: Mapping[str, Fraction | bool | str]) -> str:
    """Return the settings of a measure or an aggregator in brackets; empty where there are none.

    Example:
        >>> params_words({"trim": Fraction(1, 10), "strict": True})
        ' (trim: 0.1, strict: true)'
    """
    return f" ({', '.join(f'{name}: {_setting(value)}' for name, value in params.items())})" if params else ""


def _setting(value: Fraction | bool | str) -> str:  # noqa: FBT001 - a setting can be a truth value
    if isinstance(value, bool):
        return str(value).lower()
    return one_line(value) if isinstance(value, str) else str(written(value))


def _rounded(rounding: Rounding) -> str:
    places = f"{rounding.digits} decimal place{'s' * (rounding.digits != 1)}"
    return f"rounded to {places if rounding.digits else 'whole numbers'} {_MODES[rounding.mode]}"


def policy_words(node: Rubric | Dimension) -> Iterator[str]:
    """Yield what a node says itself about unknown and not applicable answers, one sentence at a time.

    Example:
        >>> node = Dimension(id="d", title="D", missing="worst", coverage_floor=Fraction(3, 5))
        >>> list(policy_words(node))
        ['what is unknown counts as the worst', 'a score needs 60 % of the weight to be answered']
    """
    if node.missing is not None:
        yield _MISSING[node.missing]
    if node.coverage_floor is not None:
        yield f"a score needs {asked(node.coverage_floor)} of the weight to be answered"
    if node.max_not_applicable is not None:
        yield f"there is no score where more than {asked(node.max_not_applicable)} of the weight does not apply"
    if isinstance(node, Rubric) and node.not_applicable_may_lift:
        yield "what does not apply may lift a stage above what the full set of criteria could support"


def whole_policy_words(rubric: Rubric) -> Iterator[str]:
    """Yield what holds for the whole, said in the rubric or not.

    Example:
        >>> rubric = Rubric(id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D"}])
        >>> next(whole_policy_words(rubric))
        'what is unknown is left out'
    """
    defaults = {name: getattr(DEFAULT_POLICY, name) for name in _POLICY if getattr(rubric, name) is None}
    yield from policy_words(rubric.model_copy(update=defaults))
