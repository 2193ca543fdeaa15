"""Do the best answers give the top and the worst the bottom, and is there an answer for every stage in between?"""

from humanai_maturity.documents.source import Path
from humanai_maturity.engine.result import NodeResult
from humanai_maturity.lint.finding import Findings, Found
from humanai_maturity.lint.reachable import reachable_stages
from humanai_maturity.lint.study import Study, node_id, titled
from humanai_maturity.model.checks.known import Node
from humanai_maturity.model.exact import written
from humanai_maturity.model.rubric import Criterion, Dimension, Rubric
from humanai_maturity.model.scales import MetricScale

_MOST_CAUSES = 3


def check_ends(study: Study) -> Findings:
    """Find nodes that cannot come to an end of their range, and stages that nobody can stand at."""
    short = {node_id(node): node for _, node in study.known.nodes if _falls_short(_row(study, node, best=True), study)}
    high = {node_id(node): node for _, node in study.known.nodes if _stands_high(_row(study, node, best=False))}
    for loc, node in study.known.nodes:
        if node_id(node) in short and _is_cause(node, short):
            yield Found("best-falls-short", loc, *_about_best(node, study))
        if node_id(node) in high and _is_cause(node, high):
            yield Found("worst-stands-high", loc, *_about_worst(node, study))
    yield from _check_between(study)
    yield from _check_bands(study)


def _row(study: Study, node: Node, *, best: bool) -> NodeResult:
    row = (study.best_rows if best else study.worst_rows)[node_id(node)]
    assert isinstance(row, NodeResult)  # noqa: S101 - nodes have rows of nodes
    return row


def _is_cause(node: Node, ids: dict[str, Node]) -> bool:
    """Return whether a node is to be named: the whole always, a dimension where none below it is to blame."""
    below = [child.id for child in node.children if isinstance(child, Dimension)]
    return isinstance(node, Rubric) or not any(name in ids for name in below)


def _falls_short(row: NodeResult, study: Study) -> bool:
    top = row.stage is None or row.stage.number == len(study.rubric.stages)
    return not top or row.exact.score != row.exact.maximum


def _stands_high(row: NodeResult) -> bool:
    first = row.stage is None or row.stage.number == 1
    return not first or row.exact.score != row.exact.minimum


def _about_best(node: Node, study: Study) -> tuple[str, str]:
    row, top = _row(study, node, best=True), study.rubric.stages[-1].id
    if row.stage is not None and row.stage.id != top:
        outcome = f"{titled(node)} stands at {row.stage.id!r}, not at {top!r}"
    else:
        outcome = f"{titled(node)} scores {row.exact.score}, not {row.exact.maximum}"
    causes = [blocker.text for blocker in study.blockers.get(node_id(node), ())]
    causes += [_short_criterion(child, study) for child in node.children if isinstance(child, Criterion)]
    told = "; ".join([cause.rstrip(".") for cause in causes if cause][:_MOST_CAUSES])
    fix = "let the best answers reach the top: look at scales, cuts, gates, caps and evidence grades that end lower"
    return f"with the best answers to everything, {outcome}{f' ({told})' if told else ''}", fix


def _short_criterion(criterion: Criterion, study: Study) -> str:
    row = study.best_rows[criterion.id]
    if row.exact.score == row.exact.maximum:
        return ""
    reason = f": {row.reasons[0].text}" if row.reasons else ""
    return f"{criterion.id!r} comes to {row.exact.score} of {row.exact.maximum}{reason}"


def _about_worst(node: Node, study: Study) -> tuple[str, str]:
    row, first = _row(study, node, best=False), study.rubric.stages[0].id
    if row.stage is not None and row.stage.id != first:
        outcome = f"{titled(node)} stands at {row.stage.id!r}, not at {first!r}"
    else:
        outcome = f"{titled(node)} scores {row.exact.score}, not {row.exact.minimum}"
    fix = "let the worst answers give the first stage: look at options, items and cuts that begin higher"
    return f"with the worst answers to everything, {outcome}", fix


def _check_between(study: Study) -> Findings:
    """Find stages between the lowest and the highest that an answer can give, at which nothing can stand."""
    possible = reachable_stages(study)
    for loc, node in study.known.nodes:
        lowest, highest = _row(study, node, best=False).stage, _row(study, node, best=True).stage
        written_here = node.stage is not None or isinstance(node, Rubric)
        if lowest is None or highest is None or not written_here:
            continue
        between = set(range(lowest.number + 1, highest.number))
        missing = [study.rubric.stages[number - 1].id for number in sorted(between - possible[node_id(node)])]
        if missing:
            message = f"no answers give {titled(node)} the stage {' or '.join(map(repr, missing))}"
            fix = "give some answers that stage, or part its gate from the next; or take the stage out"
            yield Found("stage-never-reached", loc, message, fix)


def _check_bands(study: Study) -> Findings:
    """Find cut-points of metrics that no possible number reaches, or that every one does."""
    for loc, _, scale in study.scales:
        if isinstance(scale, MetricScale):
            yield from _check_band(scale, loc, study)


def _check_band(scale: MetricScale, loc: Path, study: Study) -> Findings:
    best, worst = (scale.maximum, scale.minimum) if scale.direction == "higher" else (scale.minimum, scale.maximum)
    sign = 1 if scale.direction == "higher" else -1
    for stage, cut in (scale.bands or {}).items():
        if best is not None and sign * cut > sign * best:
            message = f"no number reaches {written(cut)}: the best that is possible is {written(best)}"
        elif worst is not None and sign * cut <= sign * worst and study.rubric.stage_numbers[stage] > 1:
            message = f"every number reaches {written(cut)}: the worst that is possible is {written(worst)}"
        else:
            continue
        fix = f"move the cut-point of {stage!r} between the worst and the best number, or correct these"
        yield Found("band-out-of-reach", (*loc, "bands", stage), message, fix)
