"""A rubric as Markdown, complete, for a review by people who do not read YAML."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from humanai_maturity.engine.rule_words import RuleWords
from humanai_maturity.engine.score_words import params_words, policy_words, score_rule_words, whole_policy_words
from humanai_maturity.engine.wording import asked, one_line, sentence
from humanai_maturity.model.exact import written
from humanai_maturity.model.guidance import Basis, Team
from humanai_maturity.model.rubric import Criterion, Dimension, Fact, Flag, Rubric, Stage
from humanai_maturity.model.scales import ChecklistScale, ChoiceScale, CustomScale, Item, MetricScale, Option, Scale
from humanai_maturity.report.markdown_text import escaped, table

_DEEPEST_HEADING = 6


def rubric_markdown(rubric: Rubric) -> str:
    """Return a rubric as Markdown: all that it asks, and all that follows from the answers.

    Example:
        >>> from humanai_maturity.catalogue import load_rubric
        >>> rubric_markdown(load_rubric("ai-human-cx")).splitlines()[0]
        '# AI and human maturity in customer experience'
    """
    lines: list[str] = []
    for line in _Page(rubric).lines():
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).rstrip("\n") + "\n"


class _Page:
    """Write one rubric, section by section."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.words = RuleWords(rubric)

    def lines(self) -> Iterator[str]:
        rubric = self.rubric
        yield from (f"# {_line(rubric.title)}", "", f"{_code(rubric.id)}, version {_line(rubric.version)}", "")
        yield from _paragraphs(rubric.description, rubric.attribution)
        if rubric.licence:
            yield from (f"Licence: {_line(rubric.licence)}", "")
        yield from self.section("Stages", self.stages())
        yield from self.section("Evidence, weakest first", self.evidence())
        yield from self.section("The whole", self.rules(rubric))
        yield from self.section("Each dimension, unless it says otherwise", self.default_rules())
        for dimension in rubric.dimensions:
            yield from self.dimension(dimension, 2, rubric.dimensions)
        yield from self.section(
            "Facts, which are not scored", (line for fact in rubric.facts for line in self.question(fact, 3))
        )
        yield from self.section("Flags", (line for flag in rubric.flags for line in self.flag(flag)))
        yield from self.section("Caps", self.caps())
        yield from self.section("Roles", self.roles())
        yield from self.section("Sources", self.sources())
        yield from self.section("Accepted findings", self.silence())

    def section(self, heading: str, lines: Iterable[str]) -> Iterator[str]:
        found = list(lines)
        if found:
            yield from (f"## {heading}", "", *found, "")

    def stages(self) -> Iterator[str]:
        rows = [
            (str(number), _line(stage.title), _code(stage.id), _line(stage.description))
            for number, stage in enumerate(self.rubric.stages, 1)
        ]
        yield from table(("", "Stage", "Id", "What it looks like"), rows)
        for stage in self.rubric.stages:
            yield from self.advice(stage)

    def advice(self, stage: Stage) -> Iterator[str]:
        """Yield what a rubric says about how teams work at a stage."""
        told = [
            *_list("What AI does", stage.ai_does),
            *_list("What people do", stage.people_do),
            *(self.team(stage.team) if stage.team is not None else ()),
            *_list("What typically goes wrong", stage.anti_patterns),
            *_list("What leads on", [stage.next_move] if stage.next_move else []),
        ]
        if told:
            yield from ("", f"### {_line(stage.title)}", "", *told)

    def team(self, team: Team) -> Iterator[str]:
        roles = {role.id: role.title for role in self.rubric.roles}
        parts = [
            *([team.shape] if team.shape else []),
            *(f"{roles.get(part.role, part.role)}{f': {part.amount}' if part.amount else ''}" for part in team.roles),
            *team.rituals,
        ]
        yield from _list("The team", parts)
        figures = [f"- {_line(ratio.text)} ({self.basis(ratio.basis)})" for ratio in team.ratios]
        yield from (*figures, *([""] if figures else []))

    def basis(self, basis: Basis) -> str:
        """Return what a number rests on, escaped."""
        titles = {source.id: source.title for source in self.rubric.sources}
        named = [_line(titles.get(name, name)) for name in basis.sources]
        return "; ".join([basis.kind, *named, *([_line(basis.note)] if basis.note else [])])

    def evidence(self) -> Iterator[str]:
        rows = [
            (
                _line(grade.title or grade.id),
                _code(grade.id),
                escaped(self.words.stage(grade.supports)),
                _line(grade.description),
            )
            for grade in self.rubric.evidence_grades
        ]
        yield from table(("Grade", "Id", "Supports up to", "What deserves it"), rows)

    def rules(self, node: Rubric | Dimension) -> Iterator[str]:
        """Yield how a node is given its score and its stage, as far as it says so itself."""
        if node.score is not None:
            yield f"- Its score: {escaped(score_rule_words(node.score))}."
        policies = whole_policy_words(node) if isinstance(node, Rubric) else policy_words(node)
        yield from (f"- {escaped(sentence(policy))}" for policy in policies)
        if node.stage is not None:
            yield "- Its stage:"
            yield from _nested(self.words.stage_rule(node.stage), 1)
        if isinstance(node, Rubric):
            yield from self.display()

    def display(self) -> Iterator[str]:
        shown = self.rubric.display
        ends = [None if end is None else str(written(end)) for end in (shown.minimum, shown.maximum)]
        between = f" on a range from {ends[0] or 'its lowest'} to {ends[1] or 'its highest'}" if any(ends) else ""
        places = f"{shown.digits} decimal place{'s' * (shown.digits != 1)}"
        yield f"- Scores are shown{escaped(between)} with {places}."

    def default_rules(self) -> Iterator[str]:
        yield f"- Its score: {escaped(score_rule_words(self.rubric.defaults.score))}."
        yield "- Its stage:"
        yield from _nested(self.words.stage_rule(self.rubric.defaults.stage), 1)

    def dimension(self, dimension: Dimension, depth: int, siblings: Iterable[Dimension | Criterion]) -> Iterator[str]:
        yield from (_heading(dimension.title, dimension.id, depth), "", self.weight(dimension, siblings), "")
        yield from _paragraphs(dimension.description)
        yield from (*self.rules(dimension), "")
        for criterion in dimension.criteria:
            yield from (*self.question(criterion, depth + 1, dimension.children), "")
        for inner in dimension.dimensions:
            yield from self.dimension(inner, depth + 1, dimension.children)

    def weight(self, node: Dimension | Criterion, siblings: Iterable[Dimension | Criterion]) -> str:
        whole = sum((each.weight for each in siblings), Fraction(0))
        away = "; may be not applicable" if node.allow_not_applicable else ""
        short = "; in the short form" if isinstance(node, Criterion) and node.quick else ""
        return f"Weight {written(node.weight)}, {asked(node.weight / whole)} of its level{away}{short}."

    def question(
        self, question: Criterion | Fact, depth: int, siblings: Iterable[Dimension | Criterion] = ()
    ) -> Iterator[str]:
        yield from (_heading(question.title, question.id, depth), "")
        if isinstance(question, Criterion):
            yield from (self.weight(question, siblings), "")
        elif question.allow_not_applicable:
            yield from ("May be not applicable.", "")
        if question.question:
            yield from (f"**{_line(question.question)}**", "")
        yield from _paragraphs(question.help)
        yield from _list("Look at", question.look_at)
        for place, scale in enumerate(question.scales):
            yield from ("", *self.way(scale, "Or with" if place else "Answer with"), "")
        yield from self.limits(question)
        yield from self.next_steps(question)

    def way(self, scale: Scale, lead: str) -> Iterator[str]:
        """Yield one way to answer, with what each answer is worth."""
        evidence = f" Evidence, unless said otherwise: {_code(scale.evidence)}." if scale.evidence else ""
        match scale:
            case ChoiceScale():
                yield from (f"{lead} one of these.{evidence}", "", *self.parts(scale.options))
            case ChecklistScale():
                most = "" if scale.cap is None else f", which add up to at most {written(scale.cap)}"
                yield from (
                    f"{lead} those of these that hold{most}.{evidence}",
                    "",
                    *self.parts(scale.items),
                )
            case MetricScale():
                yield from (
                    f"{lead} a number: {self.metric(scale)}.{evidence}",
                    "",
                    *self.bands(scale),
                )
            case CustomScale():
                params = escaped(params_words(scale.params))
                yield f"{lead} whatever the measure {_code(scale.measure)} takes{params}.{evidence}"
            case _:
                yes, no = (self.worth(worth) for worth in (scale.yes, scale.no))
                yield f"{lead} `true` ({yes}) or `false` ({no}).{evidence}"

    def parts(self, parts: Iterable[Option | Item]) -> Iterator[str]:
        rows = [
            (
                _code(part.id),
                self.worth(part.points or Fraction(0)) if part.stage is None else escaped(self.words.stage(part.stage)),
                _line(part.text),
            )
            for part in parts
        ]
        yield from table(("Answer", "Worth", "Where it is true"), rows)

    def worth(self, worth: Fraction | str) -> str:
        if isinstance(worth, str):
            return escaped(self.words.stage(worth))
        return f"{written(worth)} {'point' if worth == 1 else 'points'}"

    def metric(self, scale: MetricScale) -> str:
        parts = [_line(scale.unit)] if scale.unit else []
        parts.append(f"{scale.direction} is better")
        if scale.range is not None:
            onto = "the stages" if scale.range.onto == "stages" else "points"
            worst, best = written(scale.range.worst), written(scale.range.best)
            parts.append(f"{worst} is the worst and {best} the best, onto {onto}")
            if scale.range.onto == "points":
                parts[-1] += f" from {written(scale.range.least)} to {written(scale.range.most)}"
        if scale.min_sample is not None:
            parts.append(f"on {scale.min_sample} cases or more")
        for word, end in (("below", scale.minimum), ("above", scale.maximum)):
            parts += [f"never {word} {written(end)}"] if end is not None else []
        parts += [f"columns {', '.join(map(_code, scale.columns))}"] if scale.columns else []
        return "; ".join(parts)

    def bands(self, scale: MetricScale) -> Iterator[str]:
        yield from _paragraphs(scale.definition)
        rows = [
            (
                escaped(self.words.stage(stage)),
                str(written(cut)),
                self.basis(scale.basis[stage]) if stage in scale.basis else "",
            )
            for stage, cut in (scale.bands or {}).items()
        ]
        yield from table(("Stage", "From", "Rests on"), rows)

    def limits(self, question: Criterion | Fact) -> Iterator[str]:
        """Yield what holds the value of an answer down, or makes it unknown."""
        if isinstance(question, Criterion):
            for needed in question.prerequisites:
                yield f"- {escaped(sentence(self.words.prerequisite(needed)))}"
            if question.counter is not None:
                yield f"- Counter-metric: {escaped(self.words.counter(question.counter))}."
        if question.max_age_days is not None:
            yield f"- An answer that is older than {question.max_age_days} days is unknown."

    def next_steps(self, question: Criterion | Fact) -> Iterator[str]:
        roles = {role.id: role.title for role in self.rubric.roles}
        rows = [
            (
                escaped(self.words.stage(step.to)),
                _line(step.do),
                step.effort,
                step.impact,
                _line(roles.get(step.owner or "", step.owner or "")),
            )
            for step in question.next_steps
        ]
        if rows:
            yield from ("", *table(("To reach", "Do", "Effort", "Impact", "Who"), rows))

    def flag(self, flag: Flag) -> Iterator[str]:
        unknown = "raises it, too" if flag.when_unknown == "raised" else "does not raise it"
        yield from (
            _heading(flag.title or flag.id, flag.id, 3),
            "",
            f"{flag.severity}: {escaped(sentence(flag.says))}",
            "",
        )
        yield f"- Raised when {escaped(self.words.requirement(flag.raised_when))}; an unknown answer {unknown}."
        if flag.caps:
            yield f"- While it is raised: {escaped(self.words.flag_caps(flag))}."
        if flag.remedy:
            yield f"- What to do: {escaped(sentence(flag.remedy))}"
        yield ""

    def caps(self) -> Iterator[str]:
        for cap in self.rubric.caps:
            yield f"- {escaped(sentence(self.words.cap(cap)))} {escaped(sentence(cap.because))}"

    def roles(self) -> Iterator[str]:
        rows = [
            (
                _line(role.title),
                _line(role.does),
                "" if role.from_stage is None else escaped(self.words.stage(role.from_stage)),
            )
            for role in self.rubric.roles
        ]
        yield from table(("Role", "What for", "From"), rows)

    def sources(self) -> Iterator[str]:
        rows = [
            tuple(_line(part) for part in (source.title, source.by, source.date, source.place, source.says))
            for source in self.rubric.sources
        ]
        yield from table(("Source", "By", "Date", "Where", "What is taken from it"), rows)

    def silence(self) -> Iterator[str]:
        rows = [(_code(each.finding), _line(each.at), _line(each.because)) for each in self.rubric.silence]
        yield from table(("Finding", "Where", "Why it is right as it is"), rows)


def _line(text: str | None) -> str:
    return escaped(one_line(text or ""))


def _code(text: str) -> str:
    """Return an id as code; it has no letters that could end it."""
    return f"`{one_line(text).replace('`', '')}`"


def _heading(title: str, name: str, depth: int) -> str:
    return f"{'#' * min(depth, _DEEPEST_HEADING)} {_line(title)} ({_code(name)})"


def _paragraphs(*texts: str | None) -> Iterator[str]:
    for text in texts:
        for paragraph in (text or "").split("\n"):
            if paragraph.strip():
                yield from (_line(paragraph), "")


def _list(heading: str, texts: Iterable[str]) -> Iterator[str]:
    found = list(texts)
    if found:
        yield from (f"{heading}:", "", *(f"- {_line(text)}" for text in found), "")


def _nested(lines: Iterable[tuple[int, str]], depth: int) -> Iterator[str]:
    yield from (f"{'  ' * (depth + inner)}- {escaped(text)}" for inner, text in lines)
