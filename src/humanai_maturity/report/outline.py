"""A rubric on a terminal: its stages, and every question with the answers that it takes."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from humanai_maturity.engine.rule_words import RuleWords
from humanai_maturity.engine.score_words import policy_words, score_rule_words, whole_policy_words
from humanai_maturity.engine.wording import number, one_line, sentence
from humanai_maturity.errors import MissingExtraError
from humanai_maturity.model.rubric import OVERALL, Criterion, Dimension, Fact, Flag, Rubric
from humanai_maturity.model.scales import (
    ChecklistScale,
    ChoiceScale,
    CustomScale,
    Item,
    MetricScale,
    Option,
    Scale,
    YesNoScale,
)

try:
    from rich.console import Group, RenderableType
    from rich.padding import Padding
    from rich.text import Text
except ModuleNotFoundError as error:
    raise MissingExtraError("the outline on a terminal", "cli") from error

_HEADING = "bold"
_ASIDE = "dim"


def render(rubric: Rubric, *, brief: bool = False) -> RenderableType:
    """Return a rubric as something that rich can print: all that one needs to answer it, or only its questions.

    Args:
        rubric: The rubric.
        brief: Whether to leave out what answers mean, and what stages take.

    Example:
        >>> from rich.console import Console
        >>> import humanai_maturity as hm
        >>> Console(width=70, no_color=True).print(render(hm.load_rubric("ai-human-cx")))  # doctest: +ELLIPSIS
        AI and human maturity in customer experience ...
    """
    words = None if brief else RuleWords(rubric)
    return Group(
        Text(f"{one_line(rubric.title)} {one_line(rubric.version)} ({rubric.id})", style=_HEADING),
        *_paragraphs(rubric.description),
        *_paragraphs(rubric.attribution),
        *_section("Stages", _stages(rubric)),
        *_section("Evidence, weakest first", _evidence(rubric)),
        *(part for dimension in rubric.dimensions for part in _dimension(dimension, 0, words)),
        *_section("Facts, which are not scored", (part for fact in rubric.facts for part in _question(fact, 0, words))),
        *(_section("The whole", _rules(rubric, 0, words)) if words else ()),
        *(_section("Each dimension, unless said otherwise", _default_rules(rubric, words)) if words else ()),
        *_section("Flags", _flags(rubric, words)),
        *_section("Caps", _caps(rubric, words)),
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


def _dimension(dimension: Dimension, depth: int, words: RuleWords | None) -> Iterator[RenderableType]:
    heading = f"{one_line(dimension.title)} ({dimension.id}), weight {number(dimension.weight)}"
    yield from (Text(), _line(heading, depth, _HEADING), *_paragraphs(dimension.description, depth))
    if words is not None:
        yield from _rules(dimension, depth, words)
    for criterion in dimension.criteria:
        yield from _question(criterion, depth + 1, words)
    for inner in dimension.dimensions:
        yield from _dimension(inner, depth + 1, words)


def _rules(node: Dimension | Rubric, depth: int, words: RuleWords) -> Iterator[RenderableType]:
    """Yield how a node is given its score and its stage, and what it says of unknown answers, where it says so."""
    if node.score is not None:
        yield _line(f"Its score: {score_rule_words(node.score)}", depth)
    policies = whole_policy_words(node) if isinstance(node, Rubric) else policy_words(node)
    yield from (_line(sentence(policy), depth) for policy in policies)
    if node.stage is not None:
        yield _line("Its stage:", depth)
        yield from _bullets(words.stage_rule(node.stage), depth)


def _default_rules(rubric: Rubric, words: RuleWords) -> Iterator[RenderableType]:
    yield _line(f"Its score: {score_rule_words(rubric.defaults.score)}")
    yield _line("Its stage:")
    yield from _bullets(words.stage_rule(rubric.defaults.stage), 0)


def _bullets(lines: Iterable[tuple[int, str]], depth: int) -> Iterator[RenderableType]:
    yield from (_line(f"- {text}", depth + inner) for inner, text in lines)


def _question(question: Criterion | Fact, depth: int, words: RuleWords | None) -> Iterator[RenderableType]:
    weight = f", weight {number(question.weight)}" if isinstance(question, Criterion) else ""
    away = "; may be not applicable" if question.allow_not_applicable else ""
    yield _line(f"{one_line(question.title)} ({question.id}){weight}{away}", depth, "bold cyan")
    yield from _paragraphs(question.question, depth + 1)
    if words is None:
        for scale in question.scales:
            yield _line(_answers(scale), depth + 1, _ASIDE)
        return
    yield from _paragraphs(question.help, depth + 1)
    for place, scale in enumerate(question.scales):
        yield from _way(scale, depth + 1, words, "or " if place else "")
    if isinstance(question, Criterion):
        yield from (_line(f"{sentence(words.prerequisite(each))}", depth + 1) for each in question.prerequisites)
        if question.counter is not None:
            yield _line(f"Counter-metric: {words.counter(question.counter)}.", depth + 1)
    if question.max_age_days is not None:
        yield _line(f"An answer that is older than {question.max_age_days} days is unknown.", depth + 1)


def _way(scale: Scale, depth: int, words: RuleWords, otherwise: str) -> Iterator[RenderableType]:
    """Yield one way to answer, with what each answer is worth."""
    match scale:
        case ChoiceScale():
            yield _line(f"{otherwise}choice: one of", depth, _ASIDE)
            yield from (_part(option, depth + 1, words) for option in scale.options)
        case YesNoScale():
            yes, no = (_worth_of(worth, words) for worth in (scale.yes, scale.no))
            yield _line(f"{otherwise}yes_no: true ({yes}) or false ({no})", depth, _ASIDE)
        case ChecklistScale():
            most = "" if scale.cap is None else f", which add up to at most {number(scale.cap, 4)}"
            yield _line(f"{otherwise}checklist: those that hold{most}", depth, _ASIDE)
            yield from (_part(item, depth + 1, words) for item in scale.items)
        case MetricScale():
            yield _line(f"{otherwise}metric: {_metric(scale, words)}", depth, _ASIDE)
        case CustomScale():
            yield _line(f"{otherwise}{_answers(scale)}", depth, _ASIDE)
    if scale.evidence is not None:
        yield _line(f"evidence, unless said otherwise: {scale.evidence}", depth + 1, _ASIDE)


def _part(part: Option | Item, depth: int, words: RuleWords) -> RenderableType:
    worth = words.stage(part.stage) if part.stage is not None else _worth_of(part.points or Fraction(0), words)
    text = f": {one_line(part.text)}" if part.text is not None else ""
    return _line(f"- {part.id} ({worth}){text}", depth)


def _worth_of(worth: Fraction | str, words: RuleWords) -> str:
    if isinstance(worth, str):
        return words.stage(worth)
    return f"{number(worth, 4)} {'point' if worth == 1 else 'points'}"


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


def _metric(scale: MetricScale, words: RuleWords | None = None) -> str:
    parts = [one_line(scale.unit or "a number"), f"{scale.direction} is better"]
    if scale.bands is not None:
        named = {stage: words.stage(stage) if words is not None else stage for stage in scale.bands}
        parts.append(", ".join(f"{named[stage]} from {number(cut, 4)}" for stage, cut in scale.bands.items()))
    if scale.range is not None:
        worst, best = number(scale.range.worst, 4), number(scale.range.best, 4)
        parts.append(f"from {worst} to {best}" if words is None else f"{worst} is the worst, {best} the best")
    if scale.min_sample is not None:
        parts.append(f"on {scale.min_sample} cases or more")
    if words is not None:
        parts += [f"never below {number(scale.minimum, 4)}"] if scale.minimum is not None else []
        parts += [f"never above {number(scale.maximum, 4)}"] if scale.maximum is not None else []
    return "; ".join(parts)


def _flags(rubric: Rubric, words: RuleWords | None) -> Iterator[RenderableType]:
    for flag in rubric.flags:
        yield _line(
            f"{one_line(flag.title or flag.id)} ({_severity(flag, brief=words is None)}): {sentence(flag.says)}"
        )
        if words is not None:
            unknown = "raises it, too" if flag.when_unknown == "raised" else "does not raise it"
            yield _line(f"Raised when {words.requirement(flag.raised_when)}; an unknown answer {unknown}.", 1)
            if flag.caps:
                yield _line(f"While it is raised: {words.flag_caps(flag)}.", 1)
        if flag.remedy:
            yield _line(sentence(flag.remedy), 1)


def _severity(flag: Flag, *, brief: bool) -> str:
    return flag.severity if brief or flag.title is None else f"{flag.id}, {flag.severity}"


def _caps(rubric: Rubric, words: RuleWords | None) -> Iterator[RenderableType]:
    for cap in rubric.caps:
        if words is not None:
            yield from (_line(sentence(words.cap(cap))), _line(sentence(cap.because), 1))
            continue
        held = ", ".join("the whole" if node == OVERALL else node for node in cap.cap)
        yield _line(f"{held}, by {cap.by}: {sentence(cap.because)}")


def _line(text: str, depth: int = 0, style: str = "") -> RenderableType:
    return Padding(Text(text, style=style), (0, 0, 0, 2 * depth))
