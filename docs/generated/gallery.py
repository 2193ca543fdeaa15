"""Show the published models among the tests, scored on the way."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import humanai_maturity
from generated.fields import one_line
from humanai_maturity.cases.loading import cases_beside
from humanai_maturity.documents.source import decode
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.model import cases, exact, rubric

CONFORMANCE = Path(__file__).parents[2] / "tests" / "conformance"


def gallery() -> str:
    """Return a section for every model that is reproduced: where its numbers come from, and how each case comes out."""
    return "\n\n".join(model_section(path) for path in sorted(CONFORMANCE.glob("*/*.rubric.yaml")))


def model_section(path: Path) -> str:
    """Return a model's description and the table of its cases."""
    model = humanai_maturity.load_rubric(path)
    worked = humanai_maturity.load_cases(cases_beside(str(path)), model)
    results = humanai_maturity.run_cases(model, worked)
    compared = sum(result.compared for result in results)
    agreed = compared - sum(len(result.differences) for result in results)
    questions = sum(isinstance(part, rubric.Criterion) for part in model.walk())
    head = [
        f"### {worked.title or model.title}",
        one_line(worked.description),
    ]
    facts = [
        f"- **Numbers from:** {one_line(worked.attribution)}",
        f"- **Size:** {questions} question{'s' * (questions != 1)}",
        f"- **Agreement:** {agreed} of {compared} numbers and stages",
        f"- **Documents:** `{path.parent.name}/{path.name}`, `{path.parent.name}/{cases_beside(str(path)).name}`",
    ]
    rows = [case_row(case, result) for case, result in zip(worked.cases, results, strict=True)]
    table = ["| Case | Published | Here |", "|---|---|---|", *rows]
    return "\n\n".join([*head, "\n".join(facts), "\n".join(table)])


def case_row(case: cases.Case, result: humanai_maturity.CaseResult) -> str:
    """Return what a case expects of the whole, beside what comes out."""
    whole, stages, numbers = result.card.overall, ("stage", "stage_low", "stage_high"), ("score", "low", "high")
    found = {field: (stage := getattr(whole, field)) and stage.id for field in stages}
    found |= {field: getattr(whole.exact, field) for field in numbers}
    stated = [field for field in found if field in case.expect.model_fields_set]
    published, here = (
        ", ".join(f"{field.replace('_', ' ')} {in_figures(figures(field))}" for field in stated)
        for figures in (lambda field: getattr(case.expect, field), found.__getitem__)
    )
    return f"| {one_line(case.title or case.id)} | {published} | {here} |"


def in_figures(value: object) -> str:
    """Return a number or a stage as a cell of a table shows it: exactly, with decimals beside a fraction."""
    match value:
        case None:
            return "none"
        case cases.ExpectedNumber(digits=int(digits)):
            return f"{float(value.value):.{digits}f} (to {digits} places)"
        case cases.ExpectedNumber():
            return in_figures(value.value)
        case Fraction() if value.denominator > 1 and isinstance(exact.written(value), str):
            return f"{value} (≈ {float(value):.4f})"
        case Fraction():
            return str(exact.written(value))
        case _:
            return str(value)


def not_reproduced() -> str:
    """Return what other systems give and this library does not, with the reason."""
    path = CONFORMANCE / "not-reproduced.yaml"
    data: Any = read_yaml(decode(path.read_bytes(), path.name)).data
    rows = [" | ".join(one_line(model[key]) for key in ("title", "gives", "reason")) for model in data["models"]]
    return "\n".join(["| Model | It gives | Here |", "|---|---|---|", *(f"| {row} |" for row in rows)])
