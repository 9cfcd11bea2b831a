"""A Slack that answers each method as it is told, and counts how often it was asked."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.slack_server import serving

Answers = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass
class ScriptedSlack:
    """`answers` of each method in turn, the last one again and again; others are unknown methods.

    An answer with a `status` has that one, and `headers` as well.
    """

    answers: Answers
    base_url: str = ""
    calls: Counter[str] = field(default_factory=Counter)
    received: list[dict[str, Any]] = field(default_factory=list)

    async def answer(self, request: Request) -> Response:
        method = str(request.path_params["method"])
        sent = await request.json() if "json" in request.headers.get("content-type", "") else {}
        self.received.append({"method": method, **request.query_params, **sent})
        said = self.answers.get(method, [{"ok": False, "error": "unknown_method"}])
        turn = dict(said[min(self.calls[method], len(said) - 1)])
        self.calls[method] += 1
        status, headers = turn.pop("status", 200), turn.pop("headers", {})
        return JSONResponse({"ok": "error" not in turn, **turn}, status, headers)


@contextmanager
def scripted_slack(answers: Answers) -> Iterator[ScriptedSlack]:
    """On a free port of loopback."""
    slack = ScriptedSlack(answers)
    with serving(
        Starlette(routes=[Route("/api/{method}", slack.answer, methods=["GET", "POST"])])
    ) as address:
        slack.base_url = f"{address}/api/"
        yield slack
