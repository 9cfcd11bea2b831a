"""The Web API over HTTP."""

import json
import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.errors import RateLimited, SlackError
from sandbox.faults import FaultSwitch
from sandbox.methods import METHODS, SCOPES, WITH_APP_TOKEN, WITHOUT_TOKEN
from sandbox.misbehaving import misbehaved
from sandbox.slack import SandboxSlack


async def answer(request: Request, slack: SandboxSlack, faults: FaultSwitch) -> Response:
    """What the method says, or what befalls the call instead."""
    drawn = faults.draw(str(request.path_params["method"]))
    if drawn.fault is None:
        return await _answer(request, slack)
    await request.body()  # whatever befalls it, the request was received
    if drawn.carried_out:
        await _answer(request, slack)
    return misbehaved(drawn.fault, faults.now, slack.changes)


async def _answer(request: Request, slack: SandboxSlack) -> JSONResponse:
    scopes = {} if slack.scopes is None else {"X-OAuth-Scopes": ",".join(sorted(slack.scopes))}
    try:
        said = _call(str(request.path_params["method"]), await _arguments(request), request, slack)
    except RateLimited as refusal:
        return JSONResponse(refusal.body(), 429, {"Retry-After": str(refusal.retry_after), **scopes})
    except SlackError as refusal:
        return JSONResponse(refusal.body(), headers=scopes)
    return JSONResponse({"ok": True, **said}, headers=scopes)


def _call(name: str, args: dict[str, Any], request: Request, slack: SandboxSlack) -> dict[str, Any]:
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", extra={"req_method": name})
    _check_token(name, _token(request, args), slack)
    _check_scopes(name, slack)
    if slack.enforces_tiers:
        slack.pace_of_methods.count(name)
    return method(Call(slack, args, base_url(request)))


def _check_scopes(name: str, slack: SandboxSlack) -> None:
    """As the manifest asks for, where that is wanted."""
    needed, granted = SCOPES.get(name, frozenset()), slack.scopes or frozenset()
    if slack.enforces_scopes and needed and not needed & granted:
        extra = {"needed": ",".join(sorted(needed)), "provided": ",".join(sorted(granted))}
        raise SlackError("missing_scope", extra=extra)


def _check_token(name: str, token: str, slack: SandboxSlack) -> None:
    if name in WITHOUT_TOKEN:
        return
    if not token:
        raise SlackError("not_authed")
    is_bot = secrets.compare_digest(token.encode(), slack.seed.bot_token.encode())
    is_app = secrets.compare_digest(token.encode(), slack.seed.app_token.encode())
    if not is_bot and not is_app:
        raise SlackError("invalid_auth")
    if is_bot and slack.token_refusal:
        raise SlackError(slack.token_refusal)
    if is_app != (name in WITH_APP_TOKEN):
        raise SlackError("not_allowed_token_type")


def _token(request: Request, args: dict[str, Any]) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(args.get("token") or "")


async def _arguments(request: Request) -> dict[str, Any]:
    """From the query, and from a form or JSON; blocks and metadata of a form are JSON in text."""
    args: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if request.method == "POST" and kind == "application/json":
        args |= _json_object(await request.body())
    elif request.method == "POST":
        args |= dict(await request.form())
    return args


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(value, dict):
        raise SlackError("json_not_object")
    return value


def base_url(request: Request) -> str:
    """Where the caller reached us, such as http://127.0.0.1:3000."""
    return f"{request.url.scheme}://{request.url.netloc}"
