"""A rubric on a terminal: its stages, and every question with the answers that it takes."""

from collections.abc import Iterator

from humanai_maturity.engine.wording import number, one_line, sentence
from humanai_maturity.errors import MissingExtraError
from humanai_maturity.model.rubric import OVERALL, Criterion, Dimension, Fact, Rubric
from humanai_maturity.model.scales import ChecklistScale, ChoiceScale, CustomScale, MetricScale, Scale, YesNoScale

try:
    from rich.console import Group, RenderableType
    from rich.padding import Padding
    from rich.text import Text
except ModuleNotFoundError as error:
    raise MissingExtraError("the outline on a terminal", "cli") from error

_HEADING = "bold"
_ASIDE = "dim"


def render(rubric: Rubric) -> RenderableType:
    """Return a rubric as something that rich can print.

    Example:
        >>> from rich.console import Console
        >>> import humanai_maturity as hm
        >>> Console(width=70, no_color=True).print(render(hm.load_rubric("ai-human-cx")))  # doctest: +ELLIPSIS
        AI and human maturity in customer experience ...
    """
    return Group(
        Text(f"{one_line(rubric.title)} {one_line(rubric.version)} ({rubric.id})", style=_HEADING),
        *_paragraphs(rubric.description),
        *_paragraphs(rubric.attribution),
        *_section("Stages", _stages(rubric)),
        *_section("Evidence, weakest first", _evidence(rubric)),
        *(part for dimension in rubric.dimensions for part in _dimension(dimension, 0)),
        *_section("Facts, which are not scored", (part for fact in rubric.facts for part in _question(fact, 0))),
        *_section("Flags", _flags(rubric)),
        *_section("Caps", _caps(rubric)),
    )


def _paragraphs(text: str | None, depth: int = 0) -> Iterator[RenderableType]:
    for paragraph in (text or "").split("\n"):
        if paragraph.strip():
            yield _line(one_line(paragraph), depth)


def _section(heading: str, lines: Iterator[RenderableType]) -> Iterator[RenderableType]:
    found = list(lines)
    if found:
        yield from (Text(), Text(heading, style=_HEADING), *found)


def _stages(rubric: Rubric) -> Iterator[RenderableType]:
    for place, stage in enumerate(rubric.stages, 1):
        yield _line(f"{place} {one_line(stage.title)} ({stage.id})")
        yield from _paragraphs(stage.description, 1)


def _evidence(rubric: Rubric) -> Iterator[RenderableType]:
    for grade in rubric.evidence_grades:
        yield _line(f"{one_line(grade.title or grade.id)} ({grade.id}): up to {_stage(grade.supports, rubric)}.")
        yield from _paragraphs(grade.description, 1)


def _stage(reference: int | str, rubric: Rubric) -> str:
    place = reference if isinstance(reference, int) else rubric.stage_numbers.get(reference, 0)
    return one_line(rubric.stages[place - 1].title) if 1 <= place <= len(rubric.stages) else str(reference)


def _dimension(dimension: Dimension, depth: int) -> Iterator[RenderableType]:
    heading = f"{one_line(dimension.title)} ({dimension.id}), weight {number(dimension.weight)}"
    yield from (Text(), _line(heading, depth, _HEADING), *_paragraphs(dimension.description, depth))
    for criterion in dimension.criteria:
        yield from _question(criterion, depth + 1)
    for inner in dimension.dimensions:
        yield from _dimension(inner, depth + 1)


def _question(question: Criterion | Fact, depth: int) -> Iterator[RenderableType]:
    weight = f", weight {number(question.weight)}" if isinstance(question, Criterion) else ""
    away = "; may be not applicable" if question.allow_not_applicable else ""
    yield _line(f"{one_line(question.title)} ({question.id}){weight}{away}", depth, "bold cyan")
    yield from _paragraphs(question.question, depth + 1)
    for scale in question.scales:
        yield _line(_answers(scale), depth + 1, _ASIDE)


def _answers(scale: Scale) -> str:
    """Return in one line which answers a scale takes."""
    match scale:
        case ChoiceScale():
            return f"choice: {', '.join(option.id for option in scale.options)}"
        case YesNoScale():
            return "yes_no: true or false"
        case ChecklistScale():
            return f"checklist: {', '.join(item.id for item in scale.items)}"
        case MetricScale():
            return f"metric: {_metric(scale)}"
        case CustomScale():
            return f"custom: whatever the measure {scale.measure} takes"


def _metric(scale: MetricScale) -> str:
    parts = [one_line(scale.unit or "a number"), f"{scale.direction} is better"]
    if scale.bands is not None:
        parts.append(", ".join(f"{stage} from {number(cut, 4)}" for stage, cut in scale.bands.items()))
    if scale.range is not None:
        parts.append(f"from {number(scale.range.worst, 4)} to {number(scale.range.best, 4)}")
    if scale.min_sample is not None:
        parts.append(f"on {scale.min_sample} cases or more")
    return "; ".join(parts)


def _flags(rubric: Rubric) -> Iterator[RenderableType]:
    for flag in rubric.flags:
        yield _line(f"{one_line(flag.title or flag.id)} ({flag.severity}): {sentence(flag.says)}")
        if flag.remedy:
            yield _line(sentence(flag.remedy), 1)


def _caps(rubric: Rubric) -> Iterator[RenderableType]:
    for cap in rubric.caps:
        held = ", ".join("the whole" if node == OVERALL else node for node in cap.cap)
        yield _line(f"{held}, by {cap.by}: {sentence(cap.because)}")


def _line(text: str, depth: int = 0, style: str = "") -> RenderableType:
    return Padding(Text(text, style=style), (0, 0, 0, 2 * depth))
