"""Team documents (steward/v1)."""

import re
from datetime import timedelta

from connectors.definitions.document import Document, Links
from connectors.definitions.fields import Fields, Shape
from connectors.definitions.findings import quoted
from connectors.definitions.metadata import OURS, metadata_of, warn_without_effect
from connectors.definitions.nodes import Mapping, Node, Scalar
from connectors.definitions.scalars import duration, time_of_day
from connectors.definitions.slack_ids import CHANNEL, PERSON, SLACK_TEAM, USERGROUP, read_slack_id
from connectors.definitions.zone import read_zone
from domain.refusal import did_you_mean
from domain.team import WEEKDAYS, WEEKLY, DigestSchedule, QuietHours, Rung, Team, TeamKind

SPEC = Shape(
    "the spec of a Team",
    (
        "kind",
        "channel",
        "members",
        "usergroup",
        "manager",
        "timezone",
        "calendar",
        "quietHours",
        "digest",
        "escalation",
        "arbitrates",
        "slackTeam",
    ),
)
DIGEST = Shape("digest", ("at", "days"))
RUNG = Shape("a rung of escalation", ("to", "after"))
RUNGS = ("members", "manager", "slm", "customer")
MENTIONED = re.compile(r"members|manager|slm|[UWS][A-Z0-9]{2,20}")
"""Rungs that are asked by a mention in the warning's thread."""
RUNG_TO = re.compile(rf"[UWS][A-Z0-9]{{2,20}}|{CHANNEL.pattern}|pager:[a-z0-9-]{{1,63}}")


def read_team(document: Document, links: Links) -> Team:
    """The team that a document describes."""
    metadata = metadata_of(document, OURS)
    spec = document.spec(SPEC)
    warn_without_effect(spec, "slackTeam")
    kind = TeamKind(spec.word("kind", tuple(TeamKind)) or TeamKind.INTERNAL)
    calendar = spec.name("calendar")
    links.refer("Calendar", calendar, spec, "calendar")
    return Team(
        name=document.name,
        kind=kind,
        display_name=metadata.text("displayName") or "",
        channel=_channel(spec, kind),
        members=_members(spec),
        usergroup=read_slack_id(spec, "usergroup", USERGROUP),
        manager=read_slack_id(spec, "manager", PERSON),
        timezone=read_zone(spec, "timezone") or "UTC",
        digest=_digest(spec, DigestSchedule() if kind is TeamKind.INTERNAL else WEEKLY),
        quiet_hours=_quiet_hours(spec),
        escalation=_escalation(spec),
        arbitrates=spec.truth("arbitrates") or False,
        slack_team=read_slack_id(spec, "slackTeam", SLACK_TEAM),
        calendar=calendar,
    )


def _channel(spec: Fields, kind: TeamKind) -> str | None:
    channel = read_slack_id(spec, "channel", CHANNEL)
    if not spec.has("channel") and kind is TeamKind.INTERNAL:
        text = (
            "An internal team without a channel gets no digest and is not asked to acknowledge what it owns; "
            "a name that begins with # must be quoted."
        )
        spec.error("W301", "channel", text)
    return channel


def _members(spec: Fields) -> tuple[str, ...]:
    items = spec.items("members") or []
    people = [_person(spec, item) for item in items]
    return tuple(person for person in people if person)


def _person(spec: Fields, item: Node) -> str | None:
    text = item.text if isinstance(item, Scalar) else "a list or mapping"
    if isinstance(item, Scalar) and PERSON.fullmatch(text):
        return text
    spec.findings.add(
        "E301", item.line, f"{quoted(text)} is no member: a user ID such as U0A1, or an e-mail address."
    )
    return None


def _digest(spec: Fields, standard: DigestSchedule) -> DigestSchedule:
    digest = spec.fields("digest", DIGEST)
    if digest is None:
        return standard
    at = digest.scalar("at")
    parsed = time_of_day(at.text) if at else standard.at
    if parsed is None:
        digest.error(
            "E302", "at", f'`at` is {quoted(at.text if at else "")}; it must be a time such as "09:00".'
        )
    days = digest.items("days")
    return DigestSchedule(parsed or standard.at, standard.days if days is None else _days(digest, days))


def _days(digest: Fields, items: list[Node]) -> frozenset[int]:
    days = set()
    for item in items:
        text = item.text if isinstance(item, Scalar) else "a list or mapping"
        if text in WEEKDAYS:
            days.add(WEEKDAYS.index(text))
        else:
            hint = did_you_mean(text[:3], WEEKDAYS)
            wanted = ", ".join(WEEKDAYS)
            digest.findings.add("E302", item.line, f"{quoted(text)} is no day; the days are {wanted}.{hint}")
    return frozenset(days)


def _quiet_hours(spec: Fields) -> QuietHours | None:
    scalar = spec.scalar("quietHours")
    if scalar is None:
        return None
    since, _, until = scalar.text.partition("-")
    start, end = time_of_day(since), time_of_day(until)
    if start is not None and end is not None and start != end:
        return QuietHours(start, end)
    spec.error("E302", "quietHours", f'`quietHours` is {quoted(scalar.text)}; write "20:00-08:00".')
    return None


def _escalation(spec: Fields) -> tuple[Rung, ...]:
    rungs = [_rung(spec, item) for item in spec.items("escalation") or []]
    return tuple(rung for rung in rungs if rung)


def _rung(spec: Fields, item: Node) -> Rung | None:
    if not isinstance(item, Mapping):
        spec.findings.add("E207", item.line, "A rung must be a mapping such as {to: manager, after: 30m}.")
        return None
    rung = Fields(item, RUNG, spec.findings)
    to, after = rung.text("to", required=True), rung.scalar("after", required=True)
    if to is not None:
        _check_reach(rung, to)
    length = duration(after.text) if after else None
    if after and (length is None or length.minutes is None):
        rung.error("E215", "after", f"{quoted(after.text)} is no duration; write 30m, 2h or 1d.")
    if to is None or length is None or length.minutes is None or length.minutes > 366 * 24 * 60:
        return None
    return Rung(to, timedelta(minutes=length.minutes))


def _check_reach(rung: Fields, to: str) -> None:
    if to not in RUNGS and not RUNG_TO.fullmatch(to):
        wanted = "members, manager, slm, customer, a user or user group's ID, a channel or pager:NAME"
        hint = did_you_mean(to, RUNGS)
        rung.error("E303", "to", f"{quoted(to)} cannot be reached; a rung goes to {wanted}.{hint}")
    elif not MENTIONED.fullmatch(to):
        rung.error("W202", "to", f"A rung to {quoted(to)} has no effect yet: nobody is asked there.")
