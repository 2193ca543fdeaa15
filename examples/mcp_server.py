"""Let an AI agent score answers, over the Model Context Protocol.

Start it with `python mcp_server.py`.
"""

from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

import humanai_maturity as hm

server = MCPServer(
    "maturity",
    instructions="Ask people, and score what they say. Leave out the rest.",
)
scorer = hm.Scorer(hm.load_rubric("ai-human-cx"))


def questions() -> list[dict[str, Any]]:
    """Return what the rubric asks, by id, and what each answer looks like."""
    asked = (
        part
        for part in (*scorer.rubric.walk(), *scorer.rubric.facts)
        if not isinstance(part, hm.Dimension)
    )
    kept = {"id", "title", "question", "help", "scale", "otherwise"}
    return [
        question.model_dump(mode="json", include=kept, exclude_defaults=True)
        for question in asked
    ]


def score(assessment: hm.Assessment) -> str:
    """Score answers, and tell the result with its bounds and reasons."""
    try:
        return scorer.score(assessment).explain()
    except hm.AnswerError as error:
        raise ToolError(str(error)) from None


server.add_tool(questions)
server.add_tool(score)

if __name__ == "__main__":
    server.run()
