"""The service scores, describes itself, and refuses with all problems at once."""

from typing import Any

import pytest

import humanai_maturity as hm

pytest.importorskip("fastapi", reason="fastapi is not installed")
pytest.importorskip("httpx2", reason="httpx2, which FastAPI's test client needs, is not installed")

from fastapi.testclient import TestClient
from fastapi_service import app

ANSWERS = {"data.sources": "owned", "data.identity": 0.78}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(app)


def problems_of(client: TestClient, body: object) -> dict[str, dict[str, Any]]:
    response = client.post("/scores", json=body)
    assert response.status_code == 422
    return {problem["path"]: problem for problem in response.json()["problems"]}


def test_a_response_is_the_scorecard(client: TestClient) -> None:
    response = client.post("/scores", json={"rubric": "ai-human-cx", "answers": ANSWERS})
    assert response.status_code == 200
    assert hm.Scorecard.model_validate_json(response.content) == hm.score("ai-human-cx", ANSWERS)


def test_answers_that_do_not_fit_are_refused_with_all_problems(client: TestClient) -> None:
    problems = problems_of(client, {"rubric": "ai-human-cx", "answers": {"data.sources": "ownd", "data.identity": 2}})
    assert problems["answers['data.sources']"]["code"] == "not-an-option"
    assert problems["answers['data.sources']"]["hint"] == "owned"
    assert problems["answers['data.identity']"]["code"] == "out-of-range"


def test_a_body_that_is_no_assessment_is_refused_in_the_same_form(client: TestClient) -> None:
    problems = problems_of(client, {"rubric": "ai-human-cx", "answers": {"data.sources": None}, "day": "2026-01-31"})
    assert problems["answers.data.sources"]["code"] == "no-answer"
    assert problems["day"]["code"] == "extra_forbidden"


def test_another_rubric_is_refused(client: TestClient) -> None:
    assert problems_of(client, {"rubric": "../secret"})["rubric.id"]["code"] == "bad-id"
    assert [each["code"] for each in problems_of(client, {"rubric": "other"}).values()] == ["other-rubric"]


def test_the_schema_describes_request_and_responses(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    post = schema["paths"]["/scores"]["post"]

    def referred(part: dict[str, Any]) -> str:
        reference: str = part["content"]["application/json"]["schema"]["$ref"]
        return reference.rpartition("/")[2]

    assert referred(post["requestBody"]) == "Assessment"
    assert {status: referred(part) for status, part in post["responses"].items()} == {
        "200": "ScorecardData",
        "422": "Refused",
    }
    assert schema["components"]["schemas"]["Assessment"]["additionalProperties"] is False
