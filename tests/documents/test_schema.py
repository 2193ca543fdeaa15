"""The JSON Schemas: complete, closed, free of what editors stumble over, and in agreement with the reader."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from humanai_maturity.documents.json_text import read_json
from humanai_maturity.documents.read import read_rubric
from humanai_maturity.documents.schema import assessment_schema, rubric_schema
from humanai_maturity.documents.source import decode
from humanai_maturity.documents.yaml_text import read_yaml

VALID = Path(__file__).parent / "valid"


def parts_of(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from parts_of(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from parts_of(part)


@pytest.mark.parametrize("schema", [rubric_schema(), assessment_schema()], ids=["rubric", "assessment"])
class TestBoth:
    def test_it_says_what_it_is(self, schema: dict[str, Any]) -> None:
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert "$id" not in schema
        assert schema["title"] in {"Rubric", "Assessment"}
        assert "\n" not in schema["description"]

    def test_it_is_plain_json(self, schema: dict[str, Any]) -> None:
        assert json.loads(json.dumps(schema)) == schema

    def test_every_object_is_closed_and_every_field_described(self, schema: dict[str, Any]) -> None:
        objects = [part for part in parts_of(schema) if part.get("type") == "object"]
        assert objects
        assert all("additionalProperties" in part and "patternProperties" not in part for part in objects)
        fields = [field for part in objects for field in part.get("properties", {}).values()]
        assert all("description" in field for field in fields)

    def test_editors_find_nothing_to_stumble_over(self, schema: dict[str, Any]) -> None:
        for part in parts_of(schema):
            assert "discriminator" not in part
            assert "oneOf" not in part
            assert part.get("default", 0) is not None


def test_generating_gives_no_warnings() -> None:
    command = "from humanai_maturity.documents.schema import *; rubric_schema(), assessment_schema()"
    finished = subprocess.run([sys.executable, "-W", "error", "-c", command], capture_output=True, check=False)
    assert (finished.returncode, finished.stderr) == (0, b"")


APPLICATION = """
import humanai_maturity as hm
from pydantic import BaseModel, TypeAdapter

class Reply(BaseModel):
    card: hm.Scorecard

for mode in ("validation", "serialization"):
    Reply.model_json_schema(mode=mode)
    for kind in (hm.Scorecard, hm.Rubric, hm.Assessment, hm.Answer):
        TypeAdapter(kind).json_schema(mode=mode)
    assert hm.Rubric.model_json_schema(mode=mode)["$defs"]["Criterion"]["properties"]["weight"]["default"] == 1
    hm.Assessment.model_json_schema(mode=mode)
rubric = hm.load_rubric("ai-human-cx")
try:
    hm.score(rubric, {"data.sources": {"valeu": "owned"}})
except hm.AnswerError as error:
    assert "did you mean 'value'" in str(error), error
"""


def test_applications_get_no_warnings_for_their_own_schemas() -> None:
    finished = subprocess.run([sys.executable, "-W", "error", "-c", APPLICATION], capture_output=True, check=False)
    assert (finished.returncode, finished.stderr) == (0, b"")


def test_changing_what_is_returned_changes_nothing_else() -> None:
    rubric_schema()["title"] = "changed"
    assert rubric_schema()["title"] == "Rubric"


def test_defaults_are_numbers_and_texts() -> None:
    definitions: Any = rubric_schema()["$defs"]
    assert definitions["Criterion"]["properties"]["weight"]["default"] == 1
    assert definitions["YesNoScale"]["properties"]["no"]["default"] == 0
    assert definitions["Gates"]["properties"]["vacuous"]["default"] == "unmet"


def test_each_kind_of_rule_and_scale_asks_for_its_telling_key() -> None:
    definitions: Any = rubric_schema()["$defs"]
    telling = {"Mean": "rule", "Sum": "rule", "ChoiceScale": "type", "All": "all", "Gates": "gates", "Kth": "kth"}
    assert all(key in definitions[name]["required"] for name, key in telling.items())


def test_an_answer_can_be_bare_and_a_rubric_an_id() -> None:
    properties: Any = assessment_schema()["properties"]
    answers = properties["answers"]["additionalProperties"]["anyOf"]
    assert answers[0] == {"type": ["string", "number", "boolean", "array"]}
    assert [answer["$ref"] for answer in answers[1:]] == ["#/$defs/Answer", "#/$defs/Unknown", "#/$defs/NotApplicable"]
    assert "string" in properties["rubric"]["anyOf"][0]["type"]


@pytest.mark.parametrize("path", sorted(VALID.iterdir()), ids=lambda path: path.name)
def test_a_validator_accepts_what_the_reader_accepts(path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    read_rubric(path)
    read = read_json if path.suffix == ".json" else read_yaml
    data = json.loads(json.dumps(read(decode(path.read_bytes())).data, default=float))
    jsonschema.Draft202012Validator(rubric_schema()).validate(data)
