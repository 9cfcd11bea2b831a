"""Answers sent later, to a response_url: 5 within 30 minutes."""

import secrets
from dataclasses import dataclass
from typing import Any

from sandbox.content import read_content
from sandbox.errors import SlackError
from sandbox.slack import Draft, SandboxSlack

USES = 5
SECONDS = 30 * 60


@dataclass(frozen=True)
class Origin:
    """What the url answers: a person in a channel, and the message whose button was pressed."""

    channel: str
    user: str
    message_ts: str | None = None
    thread_ts: str | None = None


def new_token(slack: SandboxSlack, origin: Origin) -> str:
    token = secrets.token_urlsafe(18)
    slack.journal.run(
        "insert into response_urls (token, channel, user, message_ts, thread_ts, made_at, used)"
        " values (?, ?, ?, ?, ?, ?, 0)",
        token,
        origin.channel,
        origin.user,
        origin.message_ts,
        origin.thread_ts,
        slack.clock().timestamp(),
    )
    return token


def url_of(base_url: str, token: str) -> str:
    return f"{base_url}/sandbox/response/{token}"


def respond(slack: SandboxSlack, token: str, answer: dict[str, Any]) -> None:
    """SlackError `expired_url`, `used_url` or what is wrong with the answer; a refused answer uses nothing up."""
    origin = _claimable(slack, token)
    source = slack.message(origin.channel, origin.message_ts) if origin.message_ts else None
    if _flag(answer, "delete_original"):
        _use(slack, token)
        if source:
            slack.delete(source)
        return
    content = read_content(answer)
    _use(slack, token)
    if source and _flag(answer, "replace_original"):
        slack.edit(source, content)
    else:
        slack.post(_draft(slack, origin, answer, content))


def _claimable(slack: SandboxSlack, token: str) -> Origin:
    rows = slack.journal.rows(
        "select channel, user, message_ts, thread_ts, made_at, used from response_urls where token = ?", token
    )
    if not rows or slack.clock().timestamp() - rows[0][4] > SECONDS:
        raise SlackError("expired_url")
    if rows[0][5] >= USES:
        raise SlackError("used_url")
    return Origin(*rows[0][:4])


def _use(slack: SandboxSlack, token: str) -> None:
    used = slack.journal.run(
        "update response_urls set used = used + 1 where token = ? and used < ?", token, USES
    )
    if not used:
        raise SlackError("used_url")


def _draft(slack: SandboxSlack, origin: Origin, answer: dict[str, Any], content: dict[str, Any]) -> Draft:
    return Draft(
        origin.channel,
        slack.seed.bot_user_id,
        content,
        thread_ts=answer.get("thread_ts") or origin.thread_ts,
        seen_by=None if answer.get("response_type") == "in_channel" else origin.user,
    )


def _flag(answer: dict[str, Any], name: str) -> bool:
    return answer.get(name) in (True, "true")
