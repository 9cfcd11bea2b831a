"""The first words in a channel that Steward was invited to."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.team import DigestSchedule, Team
from messages.blocks import section
from messages.dates import WEEKDAYS
from messages.escaping import plain
from messages.example import PAYMENTS
from messages.message import Message
from messages.parties import team_words
from messages.planned import zone_words

MOST_TEAMS = 5
HELLO = "*Steward looks after service levels.*"
OUTSIDE = "This channel is shared with people outside:\nnothing internal is said here."


@dataclass(frozen=True, slots=True)
class Greeting:
    """Where: the channel's name, its teams, whether outsiders read along, whether anything was defined yet."""

    channel_name: str = ""
    teams: Sequence[Team] = ()
    shared: bool = False
    defined: bool = True


def greeting(facts: Greeting, *, command: str = "/slm") -> Message:
    """What Steward does in this channel, and how to change that."""
    lines = _lines(facts, command)
    return Message(
        f"Steward looks after service levels. {' '.join(lines[0].split())}", (section(HELLO, *lines),)
    )


def _lines(facts: Greeting, command: str) -> list[str]:
    if facts.shared:
        return [OUTSIDE, *_outsiders_lines(facts.teams)]
    if not facts.defined:
        return ["It knows no objectives yet. An operator can\nload some: `steward apply FILES`"]
    if not facts.teams:
        return _without_team(facts, command)
    told = [_digest_words(team) for team in facts.teams[:MOST_TEAMS]]
    return [*told, f"How it stands: `{command} status`", f"All you can ask: `{command} help`"]


def _outsiders_lines(teams: Sequence[Team]) -> list[str]:
    """Only what they may know: that a customer's own figures come to its channel."""
    outside = [team for team in teams if not team.internal]
    if not outside:
        return ["A customer whose channel this is gets its own\nfigures here, once its team's file says so."]
    return [
        f"{team_words(team)} gets its own service levels here\n{_when(team)}."
        for team in outside[:MOST_TEAMS]
    ]


def _without_team(facts: Greeting, command: str) -> list[str]:
    named = f"#{plain(facts.channel_name)}" if facts.channel_name else "#channel"
    return [
        "This channel belongs to no team yet.",
        f"A daily roll-up comes here with `{command} digest here`.",
        f'To make it a team\'s own, its file says `channel: "{named}"`,\nthen `steward apply FILES`.',
        f"How anything stands: `{command} status NAME`",
    ]


def _digest_words(team: Team) -> str:
    if team.digest.off or team.digest.days == frozenset():
        return f"{team_words(team)}'s channel. It gets no digest."
    what = "digest comes" if team.internal else "service levels come"
    return f"{team_words(team)}'s {what} here {_when(team)}."


def _when(team: Team) -> str:
    """ "at `09:00` (Berlin) on working days"."""
    return f"at `{team.digest.at:%H:%M}` ({zone_words(team.timezone)}) {_days(team.digest)}"


def _days(schedule: DigestSchedule) -> str:
    if schedule.days is None:
        return "on working days"
    if len(schedule.days) == len(WEEKDAYS):
        return "every day"
    return f"on {', '.join(WEEKDAYS[day] for day in sorted(schedule.days))}"


EXAMPLE = Greeting("team-payments", (PAYMENTS,))
