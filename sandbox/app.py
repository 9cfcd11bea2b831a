"""The sandbox as an ASGI application."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from sandbox import web_api
from sandbox.courier import Road
from sandbox.desk import Desk
from sandbox.errors import SlackError
from sandbox.guard import Guard
from sandbox.manifest import manifest_problems
from sandbox.page import STATIC, Extras, Page
from sandbox.response_urls import respond
from sandbox.slack import SandboxSlack
from sandbox.switchboard import Switchboard

GONE = {"expired_url", "used_url"}


def create_app(
    slack: SandboxSlack,
    *,
    events_url: str,
    manifest: Mapping[str, Any],
    road: Road | None = None,
    enforce_scopes: bool = False,
    tiers: bool = False,
    extras: Extras | None = None,
) -> Starlette:
    """`road` says more about deliveries than their address, as tests need. The Desk is at `app.state.desk`.

    Unless `enforce_scopes`, the bot's token may call any method: people look around with it. With `tiers` a method
    may be called so often in a minute as Slack allows. ValueError for a manifest that Slack would refuse.
    """
    if problems := manifest_problems(manifest):
        raise ValueError(f"Slack would refuse this manifest: {'; '.join(problems)}")
    slack.scopes, slack.enforces_scopes = _granted(manifest), enforce_scopes
    slack.enforces_tiers, slack.has_home = tiers, _has_home(manifest)
    desk = Desk(slack, road or Road(events_url), manifest)
    routes = [*Page(desk, extras or Extras()).routes(), *Switchboard(desk).routes(), *_slack_routes(desk)]
    app = Starlette(routes=routes, middleware=[Middleware(Guard)])
    app.state.desk = desk
    return app


def _granted(manifest: Mapping[str, Any]) -> frozenset[str] | None:
    """The bot's scopes; None where the manifest has no word of them."""
    scopes = manifest.get("oauth_config", {}).get("scopes", {}).get("bot")
    return None if scopes is None else frozenset(scopes)


def _has_home(manifest: Mapping[str, Any]) -> bool:
    return bool(manifest.get("features", {}).get("app_home", {}).get("home_tab_enabled"))


def _slack_routes(desk: Desk) -> list[Any]:
    async def call(request: Request) -> Response:
        return await web_api.answer(request, desk.slack, desk.faults)

    async def later(request: Request) -> Response:
        return await _respond(request, desk.slack)

    return [
        Route("/sandbox/api/{method}", call, methods=["GET", "POST"]),
        Route("/sandbox/response/{token}", later, methods=["POST"]),
        WebSocketRoute("/sandbox/socket/{ticket}", desk.courier.sockets.serve),
        Mount("/sandbox/static", StaticFiles(directory=STATIC)),
    ]


async def _respond(request: Request, slack: SandboxSlack) -> Response:
    try:
        answer = json.loads(await request.body())
        if not isinstance(answer, dict):
            raise SlackError("invalid_payload")
        respond(slack, str(request.path_params["token"]), answer)
    except ValueError:
        return JSONResponse({"ok": False, "error": "invalid_payload"}, 400)
    except SlackError as refusal:
        return JSONResponse(refusal.body(), 404 if refusal.error in GONE else 400)
    return JSONResponse({"ok": True})
