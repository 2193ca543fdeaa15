"""Score answers over HTTP. Start it with `uvicorn fastapi_service:app`."""

from collections.abc import Iterable

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

import humanai_maturity as hm

app = FastAPI(title="Maturity scores")
scorer = hm.Scorer(
    hm.load_rubric("ai-human-cx")
)  # compiled once; threads may share it


class Refused(BaseModel):
    """Say why nothing was scored: all problems at once."""

    problems: tuple[hm.Problem, ...]


@app.post("/scores", responses={422: {"model": Refused}})
def score(assessment: hm.Assessment) -> hm.Scorecard:
    """Return what the rubric makes of an assessment."""
    return scorer.score(assessment)


@app.exception_handler(hm.AnswerError)
def refuse_answers(_request: Request, error: hm.AnswerError) -> JSONResponse:
    """Respond to answers that do not fit the rubric."""
    return refused(error.problems)


@app.exception_handler(RequestValidationError)
def refuse_body(
    _request: Request, error: RequestValidationError
) -> JSONResponse:
    """Respond to a body that is no assessment, in the same form."""
    return refused(
        hm.Problem(
            code=found["type"],
            path=".".join(map(str, found["loc"][1:])),
            message=found["msg"],
        )
        for found in error.errors()
    )


def refused(problems: Iterable[hm.Problem]) -> JSONResponse:
    """Return the response that lists problems."""
    return JSONResponse(
        jsonable_encoder(Refused(problems=tuple(problems))), status_code=422
    )
