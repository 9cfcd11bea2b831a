"""Slack's IDs, e-mail addresses and channels, as definitions name people and places."""

import re

from connectors.definitions.fields import Fields
from connectors.definitions.findings import quoted

PERSON = re.compile(r"[UW][A-Z0-9]{2,20}|[^\s@<>]{1,64}@[^\s@<>]{1,190}")
USERGROUP = re.compile(r"S[A-Z0-9]{2,20}")
SLACK_TEAM = re.compile(r"[TE][A-Z0-9]{2,20}")
CHANNEL = re.compile(r"#[^\s#<>@,`*]{1,80}|[CG][A-Z0-9]{2,20}")
WANTED = {
    PERSON: "a user ID such as U0B2, or an e-mail address",
    USERGROUP: "a user group's ID such as S0123",
    SLACK_TEAM: "a workspace's ID such as T0XYZ",
    CHANNEL: 'a name such as "#team-payments" (quoted) or an ID such as C0123',
}


def read_slack_id(fields: Fields, name: str, pattern: re.Pattern[str]) -> str | None:
    """One of the patterns above."""
    text = fields.text(name)
    if text is None or pattern.fullmatch(text):
        return text
    fields.error("E301", name, f"`{name}` is {quoted(text)}; it must be {WANTED[pattern]}.")
    return None
