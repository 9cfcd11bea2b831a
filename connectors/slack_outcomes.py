"""What Slack's answer, or the lack of one, means for a message: pure, so that every case is a line of a table."""

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientConnectorError, ClientHttpProxyError, ConnectionTimeoutError, InvalidURL
from slack_sdk.errors import SlackApiError

from domain.delivery import Ambiguous, Barred, NotSent, Outcome, Posted, RateLimited, Refused

MAYBE_DONE = frozenset({"internal_error", "fatal_error", "service_unavailable"})
"""Errors after which "some aspect of the operation may have succeeded"."""

TRY_AGAIN = frozenset({"request_timeout", "team_added_to_org"})
"""Errors of something that passes; nothing was posted."""

BARRED = frozenset(
    {
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "invalid_auth",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
"""Errors of the token and the installation: no other message would fare better."""

TOO_FAST = frozenset({"ratelimited", "rate_limited"})
RETRY_AFTER = 30
"""Seconds, where Slack does not say."""

MOST_DETAIL = 500


def posted(answer: Mapping[str, Any]) -> Outcome:
    """The outcome of an answer with `ok`."""
    ts, channel = answer.get("ts"), answer.get("channel")
    if isinstance(ts, str) and isinstance(channel, str):
        return Posted(ts, channel)
    return Ambiguous("Slack's answer has no ts")


def not_posted(error: BaseException) -> Outcome:
    """The outcome of an exception of slack_sdk, aiohttp or asyncio. Its own words stay out: they may hold secrets."""
    if isinstance(error, SlackApiError):
        return _refused(error.response)
    if isinstance(error, ClientConnectorError | ConnectionTimeoutError | ClientHttpProxyError | InvalidURL):
        return NotSent(f"Slack could not be reached ({type(error).__name__})")
    if isinstance(error, TimeoutError):
        return Ambiguous("Slack did not answer in time")
    return Ambiguous(f"no answer of Slack arrived ({type(error).__name__})")


def not_looked_up(error: BaseException) -> Outcome:
    """The same where something was only asked before posting: nothing went out."""
    outcome = not_posted(error)
    return NotSent(outcome.reason) if isinstance(outcome, Ambiguous) else outcome


def _refused(response: Any) -> Outcome:
    status, answer = _status(response), _answer(response)
    error = str(answer.get("error") or f"http_{status}")
    if status == 429 or error in TOO_FAST:
        return RateLimited(_retry_after(response))
    if status >= 500 or status == 408 or error in MAYBE_DONE:
        return Ambiguous(f"Slack answered {error} (HTTP {status})")
    if status == 200 and not answer:
        return Ambiguous("Slack's answer cannot be read")
    if error in TRY_AGAIN:
        return NotSent(f"Slack answered {error}")
    if error in BARRED:
        return Barred(error)
    return Refused(error, _detail(answer))


def _status(response: Any) -> int:
    # slack_sdk gives its own response, or aiohttp's where the body is no JSON.
    return int(getattr(response, "status_code", getattr(response, "status", 0)))


def _answer(response: Any) -> Mapping[str, Any]:
    answer = getattr(response, "data", None)
    return answer if isinstance(answer, dict) else {}


def _retry_after(response: Any) -> int:
    value = str(getattr(response, "headers", {}).get("Retry-After", ""))
    return int(value) if value.isascii() and value.isdecimal() else RETRY_AFTER


def _detail(answer: Mapping[str, Any]) -> str:
    """What Slack says about its error: the faulty block, the missing scope."""
    metadata = answer.get("response_metadata")
    said = metadata.get("messages") if isinstance(metadata, dict) else None
    words = [str(message) for message in said] if isinstance(said, list) else []
    if answer.get("needed"):
        words.append(f"needed: {answer['needed']}")
    return "; ".join(words)[:MOST_DETAIL]
