"""Which keys are known where: the same answer as the model gives, read off its JSON Schema."""

from typing import Any

import pytest

from humanai_maturity.documents.fields import known_keys, known_kinds
from humanai_maturity.documents.schema import rubric_schema
from humanai_maturity.documents.source import Source
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.model import rubric, rules, scales
from humanai_maturity.model.exact import Document

DATA: Any = read_yaml(
    Source("""
dimensions:
  - title: T
    score: {rule: quantile, p: 1}
    stage: {lowest: [{gates: {mid: {any: [{evidence: seen, shar: 1}, {share: 1, ov: []}]}}}, {kth: {}}]}
    dimensions:
      - criteria: [{scale: {type: metric, range: {}}, otherwise: [{type: yes_no}], counter: {}}]
flags: [{caps: {data: 1}}]
defaults: {score: {}}
""")
).data


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ((), rubric.Rubric),
        (("stages", 0), rubric.Stage),
        (("dimensions", 0), rubric.Dimension),
        (("dimensions", 0, "score"), rules.Quantile),
        (("dimensions", 0, "stage"), rules.Lowest),
        (("dimensions", 0, "stage", "lowest", 0), rules.Gates),
        (("dimensions", 0, "stage", "lowest", 0, "gates", "mid"), rules.AnyOf),
        (("dimensions", 0, "stage", "lowest", 0, "gates", "mid", "any", 0), rules.EvidenceRequirement),
        (("dimensions", 0, "stage", "lowest", 0, "gates", "mid", "any", 1), rules.ShareRequirement),
        (("dimensions", 0, "stage", "lowest", 1, "kth"), rules.KthOf),
        (("dimensions", 0, "dimensions", 0, "criteria", 0), rubric.Criterion),
        (("dimensions", 0, "dimensions", 0, "criteria", 0, "scale"), scales.MetricScale),
        (("dimensions", 0, "dimensions", 0, "criteria", 0, "scale", "range"), scales.MetricRange),
        (("dimensions", 0, "dimensions", 0, "criteria", 0, "otherwise", 0), scales.YesNoScale),
        (("dimensions", 0, "dimensions", 0, "criteria", 0, "counter"), rubric.Counter),
    ],
)
def test_the_keys_are_those_of_the_model(path: tuple[str | int, ...], kind: type[Document]) -> None:
    data = {**DATA, "stages": [{}]}
    assert set(known_keys(rubric_schema(), data, path)) == set(kind.model_fields)


@pytest.mark.parametrize(
    "path",
    [("flags", 0, "caps"), ("nowhere",), ("dimensions", "x"), ("dimensions", 0, 1), ("flags", 0, "caps", "data", "x")],
)
def test_where_any_key_will_do_none_is_known(path: tuple[str | int, ...]) -> None:
    assert known_keys(rubric_schema(), DATA, path) == ()


def test_the_kinds_are_those_of_the_model() -> None:
    path = ("dimensions", 0, "dimensions", 0, "criteria", 0, "scale")
    assert known_kinds(rubric_schema(), DATA, path, "type") == ("choice", "yes_no", "checklist", "metric", "custom")
    assert known_kinds(rubric_schema(), DATA, ("defaults", "score"), "rule")[:2] == ("mean", "power_mean")
    assert known_kinds(rubric_schema(), DATA, ("defaults",), "rule") == ()
