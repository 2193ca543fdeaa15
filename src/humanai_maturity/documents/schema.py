"""JSON Schemas of rubrics, assessments and worked cases, for editors that complete and check while somebody writes."""

from copy import deepcopy
from functools import cache
from re import compile as pattern
from typing import TypeAlias

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from humanai_maturity.model.assessment import Assessment
from humanai_maturity.model.cases import Cases
from humanai_maturity.model.rubric import Rubric

Schema: TypeAlias = dict[str, object]
"""A JSON Schema as plain data."""

_WORDS = pattern("(?<=[a-z])[A-Z]")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def rubric_schema() -> Schema:
    """Return the JSON Schema of rubrics, draft 2020-12.

    Example:
        >>> rubric_schema()["required"]
        ['id', 'version', 'title', 'stages', 'dimensions']
    """
    return deepcopy(schema_of(Rubric))


def assessment_schema() -> Schema:
    """Return the JSON Schema of assessments, draft 2020-12.

    Example:
        >>> assessment_schema()["title"]
        'Assessment'
    """
    return deepcopy(schema_of(Assessment))


def cases_schema() -> Schema:
    """Return the JSON Schema of worked cases, draft 2020-12.

    Example:
        >>> cases_schema()["required"]
        ['rubric', 'cases']
    """
    return deepcopy(schema_of(Cases))


@cache
def schema_of(model: type[BaseModel]) -> Schema:
    """Return the JSON Schema of a part of a document; it is shared, so leave it as it is.

    Example:
        >>> schema_of(Assessment)["title"]
        'Assessment'
    """
    schema = model.model_json_schema(schema_generator=_Generator)
    first_line = str(schema["description"]).partition("\n")[0]
    return {"$schema": _DIALECT, **schema, "description": first_line}


class _Generator(GenerateJsonSchema):
    """Write what editors understand: plain `anyOf`, closed mappings, and no defaults that hold nothing.

    An editor that completes a key writes its default along, and an empty list would have to be deleted first.
    """

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        written_out = super().default_schema(schema)
        return {key: value for key, value in written_out.items() if key != "default" or value not in (None, [], {})}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        values = self.generate_inner(schema["values_schema"])
        keys = {key: value for key, value in self.generate_inner(schema["keys_schema"]).items() if key != "type"}
        return {"type": "object", "propertyNames": keys, "additionalProperties": values}

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        return {"anyOf": super().tagged_union_schema(schema)["oneOf"]}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Ask for the key that tells which rule or scale it is, also where it has a default, and say what that does."""
        written_out = super().model_schema(schema)
        written_out["title"] = _WORDS.sub(lambda word: f" {word[0].lower()}", written_out["title"])
        properties = written_out["properties"]
        telling = [key for key in ("rule", "type") if "const" in properties.get(key, ())]
        for key in telling:
            properties[key]["description"] = written_out["description"].partition("\n")[0]
        required = [*written_out.get("required", ()), *telling]
        return {**written_out, "required": list(dict.fromkeys(required))} if required else written_out
