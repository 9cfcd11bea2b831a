"""Faults and states by HTTP; what is asked and answered stands in sandbox/faults.py."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.desk import Desk
from sandbox.faults import read_faults, told
from sandbox.methods import METHODS
from sandbox.states import States

Endpoint = Callable[[Request], Awaitable[Response]]
Given = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """What is done, with the one word that it needs or takes."""

    does: Callable[..., Any]
    needs: str = ""
    takes: str = ""

    def arguments(self, given: Given) -> dict[str, str]:
        if unknown := set(given) - {self.needs, self.takes}:
            raise ValueError(f"Nothing called {min(unknown)!r} is known here.")
        if self.needs and not given.get(self.needs):
            raise ValueError(f'Say which, as in {{"{self.needs}": "C0123"}}.')
        if not all(isinstance(value, str) for value in given.values()):
            raise ValueError("What is given must be text.")
        return given


ACTS: Mapping[str, Act] = {
    "revoke-token": Act(States.revoke_token, takes="error"),
    "restore-token": Act(States.restore_token),
    "free-plan": Act(States.free_plan, takes="error"),
    "paid-plan": Act(States.paid_plan),
    "archive": Act(States.archive, needs="channel"),
    "unarchive": Act(States.unarchive, needs="channel"),
    "restrict": Act(States.restrict, needs="channel"),
    "unrestrict": Act(States.unrestrict, needs="channel"),
    "remove-bot": Act(States.remove_bot, needs="channel"),
    "invite-bot": Act(States.invite_bot, needs="channel"),
    "disconnect-sockets": Act(States.disconnect_sockets, takes="reason"),
}


@dataclass(frozen=True)
class Switchboard:
    desk: Desk

    def routes(self) -> list[Route]:
        switching = [
            Route(f"/sandbox/faults/{name}", self._post(ACTS[name]), methods=["POST"]) for name in ACTS
        ]
        return [
            Route("/sandbox/faults", self.show),
            Route("/sandbox/faults", self._refusable(self.switch), methods=["PUT"]),
            *switching,
        ]

    async def show(self, _request: Request) -> Response:
        return JSONResponse({"ok": True, **self._told()})

    async def switch(self, given: Given) -> None:
        self.desk.faults.switch(read_faults(given, METHODS))
        self.desk.slack.changes.notify()

    def _told(self) -> dict[str, Any]:
        faults = self.desk.faults
        return {"faults": told(faults.now), "done": faults.done, **self.desk.states.told()}

    def _post(self, act: Act) -> Endpoint:
        async def acting(given: Given) -> None:
            done = act.does(self.desk.states, **act.arguments(given))
            if isawaitable(done):
                await done

        return self._refusable(acting)

    def _refusable(self, do: Callable[[Given], Awaitable[None]]) -> Endpoint:
        """JSON in, which another site's form cannot send; all that is switched out."""

        async def endpoint(request: Request) -> Response:
            if not request.headers.get("content-type", "").startswith("application/json"):
                return _refused("Only JSON is read here: Content-Type: application/json.", 415)
            try:
                await do(_object(await request.body()))
            except ValueError as problem:
                return _refused(str(problem), 400)
            return await self.show(request)

        return endpoint


def _object(body: bytes) -> Given:
    try:
        given = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise ValueError("This is no JSON.") from error
    if not isinstance(given, dict):
        raise ValueError("A JSON object is needed, such as {}.")
    return given


def _refused(sentence: str, status: int) -> Response:
    return JSONResponse({"ok": False, "error": sentence}, status)
