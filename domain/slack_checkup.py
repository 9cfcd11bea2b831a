"""What is wrong on Slack's side: scopes, clock, channels; pure rules over what Slack says."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from domain.channel import Channel
from domain.finding import Finding, error, ok, warning
from domain.team import Team
from domain.usergroup import Usergroup

MOST_APART = timedelta(seconds=60)
SLACKS_LIMIT = timedelta(minutes=5)
OTHER_CHANNEL = "name another channel in the team's file, then `steward apply FILES`"


def check_clock(ours: datetime, slacks: datetime | None) -> Finding:
    """More than a minute apart is a finding; at five Slack's requests are refused, since their signatures look old."""
    if slacks is None:
        return warning("clock: Slack did not say its time", "see that the machine's clock is set by NTP")
    apart = abs(ours - slacks)
    if apart <= MOST_APART:
        return ok("clock: as Slack's")
    what = f"clock: {int(apart.total_seconds())} s apart from Slack's"
    remedy = "set the machine's clock by NTP"
    return error(what, remedy) if apart >= SLACKS_LIMIT else warning(what, remedy)


def check_scopes(granted: Collection[str], wanted: Collection[str]) -> Finding:
    """The token must have all scopes of the manifest."""
    if not granted:
        return warning("scopes: Slack does not say which the token has", "compare with `steward manifest`")
    if missing := sorted(set(wanted) - set(granted)):
        return error(
            f"scopes missing: {', '.join(missing)}",
            "update the app by `steward manifest`, then install it again",
        )
    return ok("scopes: all of the manifest")


def check_channels(teams: Sequence[Team], channels: Sequence[Channel]) -> list[Finding]:
    """Each team's channel is there, with Steward in it; one of our own teams has no outsiders in its."""
    known = {key: channel for channel in channels for key in (channel.id, channel.name.casefold())}
    used = [team for team in teams if team.channel]
    return [finding for team in used for finding in _check_channel(team, known.get(_key(team)))] or [
        ok(f"channels: {len(used)}")
    ]


def _key(team: Team) -> str:
    name = (team.channel or "").removeprefix("#")
    return name if name.isupper() else name.casefold()


def _check_channel(team: Team, channel: Channel | None) -> Iterator[Finding]:
    named = f"channel {team.channel} of {team.name}"
    if channel is None:
        yield error(
            f"{named}: there is none, or it is private without Steward",
            f"there: `/invite @Steward`; or {OTHER_CHANNEL}",
        )
    elif channel.archived:
        yield error(f"{named}: archived", f"unarchive it, or {OTHER_CHANNEL}")
    elif channel.shared and team.internal:
        yield error(f"{named}: shared with people outside, so nothing internal is posted", OTHER_CHANNEL)
    elif not channel.member:
        yield error(f"{named}: Steward is not in it", "there: `/invite @Steward`")


GROUPLESS = frozenset({"paid_teams_only", "plan_upgrade_required"})
"""What Slack says where its plan has no user groups."""

LISTED_INSTEAD = "`members` in the team's file instead, then `steward apply FILES`"


def check_usergroups(teams: Sequence[Team], known: Mapping[str, Usergroup]) -> list[Finding]:
    """Each user group that a team names was looked up and has people; nothing to say where none does."""
    used = [(team, known.get(team.usergroup)) for team in teams if team.usergroup]
    found = [finding for team, group in used for finding in _check_usergroup(team, group)]
    return found or ([ok(f"user groups: {len(used)}")] if used else [])


def _check_usergroup(team: Team, group: Usergroup | None) -> Iterator[Finding]:
    named = f"user group {team.usergroup} of {team.name}"
    if group is None:
        yield warning(f"{named}: not looked up yet", "is `steward run` or `steward worker` running?")
    elif group.trouble:
        kept = f"; known from before: {len(group.members)}" if group.members else ""
        yield error(
            f"{named}: Slack does not say who is in it ({group.trouble}){kept}", _remedy(group.trouble)
        )
    elif not group.members:
        yield warning(f"{named}: nobody is in it", f"add its people in Slack, or list them: {LISTED_INSTEAD}")


def _remedy(trouble: str) -> str:
    if trouble == "missing_scope":
        return "update the app by `steward manifest`, then install it again"
    if trouble in GROUPLESS:
        return f"Slack's plan has no user groups: list {LISTED_INSTEAD}"
    if trouble in ("no_answer", "ratelimited"):
        return "it is asked again each minute"
    return f"correct `usergroup`, or list {LISTED_INSTEAD}"
