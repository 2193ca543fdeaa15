"""Can every node be given a score and a stage by the rules that hold there?"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from humanai_maturity.model.checks.known import Found, Inconsistency, Known, Loc, Node
from humanai_maturity.model.checks.requirements import check_gate, gates, rules
from humanai_maturity.model.exact import written
from humanai_maturity.model.ranges import Range, leaves, score_rule_of, scored_parts, stage_rule_of
from humanai_maturity.model.rubric import Rubric
from humanai_maturity.model.rules import (
    Clip,
    Cuts,
    Gates,
    Highest,
    Kth,
    Lowest,
    Onto,
    PowerMean,
    Quorum,
    ScoreRule,
    StageRule,
    Sum,
)

_LARGEST_SCORE = 10**200
_ZERO_TO_ONE = Range(Fraction(0), Fraction(1), on_stages=False)


def check_nodes(known: Known) -> Found:
    """Find rules that cannot work, anywhere or where they hold."""
    if known.rubric.defaults.stage is not None:
        yield from _check_rule(known.rubric.defaults.stage, ("defaults", "stage"), known)
    for loc, node in known.nodes:
        if node.stage is not None:
            yield from _check_rule(node.stage, (*loc, "stage"), known)
        if node.children:
            yield from _check_score(node, loc, known)
            yield from _check_stage(node, loc, known)
        else:
            yield Inconsistency(
                "no-children", loc, "there is nothing in this dimension: add `criteria` or `dimensions`"
            )


def _check_rule(rule: StageRule, loc: Loc, known: Known) -> Found:
    """Check what does not depend on the node at which the rule holds."""
    for place, each in rules(rule, loc):
        if isinstance(each, Cuts):
            yield from _check_stages(each.cuts, (*place, "cuts"), "cut", known)
            yield from _check_order(each.cuts, (*place, "cuts"), known)
        elif isinstance(each, Gates):
            yield from _check_stages(each.gates, (*place, "gates"), "gate", known)
    for place, requirement in gates(rule, loc):
        yield from check_gate(requirement, place, known)


def _check_stages(named: Mapping[str, object], loc: Loc, kind: str, known: Known) -> Found:
    meant: set[str | None] = set()
    for name in named:
        unknown = list(known.check_stage(name, (*loc, name), of_key=True))
        meant.update(fault.hint for fault in unknown)
        yield from unknown
        if known.stage_number(name) == 1:
            message = f"everybody is at the first stage, so it has no {kind}: delete this one"
            yield Inconsistency("first-stage", (*loc, name), message, of_key=True)
    missing = [stage.id for stage in known.rubric.stages[1:] if stage.id not in {*named, *meant}]
    if missing:
        message = f"every stage above the first needs a {kind}: add {', '.join(missing)}"
        yield Inconsistency("missing-stage", loc, message)


def _check_order(cuts: Mapping[str, Fraction], loc: Loc, known: Known) -> Found:
    above_first = [stage.id for stage in known.rubric.stages[1:] if stage.id in cuts]
    for lower, upper in pairwise(above_first):
        if cuts[upper] <= cuts[lower]:
            yield Inconsistency("cuts-out-of-order", (*loc, upper), f"the cut has to lie above that of {lower!r}")


def _check_score(node: Node, loc: Loc, known: Known) -> Found:
    rule = score_rule_of(node, known.rubric)
    place = loc if node.score is None else (*loc, "score")
    spans = {part.id: known.span(part) for part in scored_parts(node, known.rubric)}
    clear = {name: span for name, span in spans.items() if span is not None}
    if len(clear) < len(spans) or not clear:
        return
    yield from _check_finish(rule, known.span(node), place)
    if not (rule.normalise or rule.onto or isinstance(rule, Sum)):
        yield from _check_ranges(clear, place)
    if isinstance(rule, PowerMean):
        lowest = min((_ZERO_TO_ONE if rule.normalise else span).low for span in clear.values())
        yield from _check_power_mean(rule, lowest, place)
    if _is_too_large(known.span(node)) and not any(_is_too_large(known.span(child)) for child in node.children):
        message = "the score can be larger than any number that can be shown: make weights or points smaller"
        yield Inconsistency("out-of-range", place, message)


def _check_finish(rule: ScoreRule, span: Range | None, loc: Loc) -> Found:
    """Find ranges and limits that a score cannot be brought onto or held inside."""
    onto, clip = rule.onto, rule.clip
    if onto is not None and not rule.normalise:
        message = "only what is on 0 to 1 can be brought onto another range: write `normalise: true`, too"
        yield Inconsistency("onto-without-normalise", (*loc, "onto"), message)
    if clip is not None and clip.minimum is None and clip.maximum is None:
        yield Inconsistency("clip-without-limit", (*loc, "clip"), "give `minimum`, `maximum` or both")
    crossed = [key for key, limits in (("onto", onto), ("clip", clip)) if _are_crossed(limits)]
    for key in crossed:
        yield Inconsistency("minimum-above-maximum", (*loc, key), "`minimum` has to be below `maximum`")
    if clip is not None and not crossed and span is not None and span.low == span.high:
        message = f"the limits leave nothing but {written(span.low)}: set them inside what the score can be"
        yield Inconsistency("empty-range", (*loc, "clip"), message)


def _are_crossed(limits: Onto | Clip | None) -> bool:
    low, high = (limits.minimum, limits.maximum) if limits is not None else (None, None)
    return low is not None and high is not None and low >= high


def _is_too_large(span: Range | None) -> bool:
    return span is not None and max(abs(span.low), abs(span.high)) > _LARGEST_SCORE


def _check_ranges(spans: Mapping[str, Range], loc: Loc) -> Found:
    (first, span), *others = spans.items()
    other = next((name for name, each in others if not _alike(span, each)), None)
    if other is not None:
        message = (
            f"{first!r} is worth {_words(span)}, but {other!r} {_words(spans[other])}: "
            "bring them onto one range, or write `normalise: true` in the score rule"
        )
        yield Inconsistency("needs-normalise", loc, message)


def _alike(one: Range, other: Range) -> bool:
    return one == other or (one.on_stages and other.on_stages)


def _words(span: Range) -> str:
    return "stages" if span.on_stages else f"{written(span.low)} to {written(span.high)} points"


def _check_power_mean(rule: PowerMean, lowest: Fraction, loc: Loc) -> Found:
    if rule.floor is None and (lowest < 0 or (lowest == 0 and rule.exponent <= 0)):
        message = f"a value can be {written(lowest)}, of which this power mean is not defined: give the rule a `floor`"
        yield Inconsistency("needs-floor", loc, message)


def _check_stage(node: Node, loc: Loc, known: Known) -> Found:
    rule = stage_rule_of(node, known.rubric)
    if rule is None:
        if isinstance(node, Rubric) and not known.stands(node):
            message = "the whole is on points and has no stage: give the rubric a `stage` rule"
            yield Inconsistency("no-stage-rule", loc, message)
        return
    own = node.stage is not None
    for place, each in rules(rule, (*loc, "stage") if own else loc):
        over = _reads(each)
        parts = tuple(leaves(node)) if over == "leaves" else node.children if over == "children" else ()
        without = [part.id for part in parts if not known.stands(part)]
        if without:
            message = f"this reads the stages of its {over}, but {', '.join(map(repr, without))} only stands on points"
            yield Inconsistency("children-without-stage", place if own else loc, message)


def _reads(rule: StageRule) -> str | None:
    """Return whose stages a rule reads."""
    match rule:
        case Quorum():
            return rule.over
        case Lowest(lowest="children") | Highest(highest="children"):
            return "children"
        case Kth():
            return "children" if rule.kth.of == "children" else None
        case _:
            return None
