"""Whether the parts of a rubric go together: everything that no single field can tell."""

from collections.abc import Mapping

from humanai_maturity.model.checks.cycles import check_cycles
from humanai_maturity.model.checks.guidance import check_guidance
from humanai_maturity.model.checks.known import Inconsistency, Known
from humanai_maturity.model.checks.limits import check_limits
from humanai_maturity.model.checks.names import check_names
from humanai_maturity.model.checks.nodes import check_nodes
from humanai_maturity.model.checks.promises import check_promises
from humanai_maturity.model.checks.questions import check_questions
from humanai_maturity.model.rubric import Rubric

__all__ = ["Inconsistency", "broken_promises", "inconsistencies"]


def inconsistencies(rubric: Rubric) -> list[Inconsistency]:
    """Return everything in a rubric that does not go together; nothing for one that can be scored.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R",
        ...     stages=[{"id": "low", "title": "Low"}, {"id": "top", "title": "Top"}],
        ...     dimensions=[{"id": "d", "title": "D", "criteria": [
        ...         {"id": "c", "title": "C", "scale": {"type": "yes_no", "yes": "tpo", "no": "low"}},
        ...     ]}],
        ... )
        >>> [(problem.code, problem.hint) for problem in inconsistencies(rubric)]
        [('unknown-stage', 'top')]
    """
    known = Known(rubric)
    names = list(check_names(known))
    if any(fault.code == "duplicate-id" and fault.loc[0] == "stages" for fault in names):
        return names
    checks = (check_questions, check_nodes, check_limits, check_guidance, *(() if names else (check_cycles,)))
    return list(dict.fromkeys([*names, *(fault for check in checks for fault in check(known))]))


def broken_promises(rubric: Rubric, aggregators: Mapping[str, object]) -> list[Inconsistency]:
    """Return the stages of a consistent rubric that rest on aggregators which are not declared monotone.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R",
        ...     stages=[{"id": "low", "title": "Low"}, {"id": "top", "title": "Top"}],
        ...     dimensions=[{"id": "d", "title": "D", "criteria": [
        ...         {"id": "c", "title": "C", "scale": {"type": "yes_no"}},
        ...     ]}],
        ...     score={"rule": "aggregator", "name": "latest"}, stage={"cuts": {"top": 1}},
        ... )
        >>> [(problem.code, problem.loc) for problem in broken_promises(rubric, {"latest": max})]
        [('not-monotone', ('stage',))]
    """
    return list(check_promises(Known(rubric), aggregators))
