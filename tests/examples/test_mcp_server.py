"""An agent can ask for the questions, score, and correct itself by what a refusal says."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

import humanai_maturity as hm

pytest.importorskip("mcp", reason="mcp is not installed: it is in the extra `recipes`")

import anyio
from mcp import Client
from mcp_server import server


def with_client(use: Callable[[Client], Awaitable[Any]]) -> Any:
    async def connect() -> Any:
        async with Client(server) as client:
            return await use(client)

    return anyio.run(connect)


def called(name: str, **arguments: object) -> Any:
    return with_client(lambda client: client.call_tool(name, arguments))


def test_an_agent_sees_what_the_tools_take() -> None:
    tools = {tool.name: tool for tool in with_client(lambda client: client.list_tools()).tools}
    assert tools.keys() == {"questions", "score"}
    assert "Assessment" in str(tools["score"].input_schema)
    assert all(tool.description for tool in tools.values())


def test_every_question_comes_with_its_id_and_what_an_answer_looks_like() -> None:
    rubric = hm.load_rubric("ai-human-cx")
    asked = called("questions").structured_content["result"]
    assert [question["id"] for question in asked] == [
        part.id for part in (*rubric.walk(), *rubric.facts) if not isinstance(part, hm.Dimension)
    ]
    assert all(question["scale"]["type"] for question in asked)


def test_a_result_is_told_in_words() -> None:
    answers = {"data.sources": "owned", "data.identity": 0.7, "ai_disclosed": True, "data.capture": ["basics"]}
    result = called("score", assessment={"rubric": "ai-human-cx", "answers": answers})
    assert not result.is_error
    assert result.content[0].text == hm.score("ai-human-cx", answers).explain()


@pytest.mark.parametrize(
    ("answers", "said"), [({"data.sources": "ownd"}, "did you mean 'owned'?"), ({"data.sources": None}, "leave it out")]
)
def test_a_refusal_says_what_to_answer_instead(answers: dict[str, object], said: str) -> None:
    result = called("score", assessment={"rubric": "ai-human-cx", "answers": answers})
    assert result.is_error
    assert said in result.content[0].text
