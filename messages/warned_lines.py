"""Warnings in digests: a line each, in rows and in lists of their own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction

from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.ratio import ceil_percent
from domain.standing import Standing
from domain.team import Team
from domain.warned_since import Cost, Part, WarnedSince
from messages.amounts import duration
from messages.blocks import Block, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import CHECKOUT, NINE, PAYMENTS, PAYOUT
from messages.parties import SHORT, shown_name
from messages.room import fitting, flowing

MOST_LISTED = 5
MOST_IN_ROW = 2
ROOM_OF_LISTED = 1200
LIKELY = 0.5
MILLION = 10**6
NOBODY = "nobody has it"


def row_lines(parts: Sequence[Part], dates: Dates, *, no_data: bool) -> list[str]:
    """What the row of an objective tells of its warnings: those that are open, then the newest.

    The row of one without data (`no_data`) tells itself that nothing is received.
    """
    return [_row_line(part, dates, no_data) for part in parts[:MOST_IN_ROW]]


def waiting_lines(warned: WarnedSince) -> list[str]:
    """The team's warnings that nobody has."""

    def line(warning: BreachWarning) -> str:
        urgent = "urgent, " if warning.is_urgent else ""
        return _item(f"⚠️ {warning.name} {subject(warning)}:", f"{urgent}{NOBODY} yet")

    return _lines(warned.waiting, line)


def unanswered_lines(warned: WarnedSince, teams: Mapping[str, Team], dates: Dates) -> list[str]:
    """The urgent warnings that nobody has, with whose they are."""

    def line(warning: BreachWarning) -> str:
        whose = f"{shown_name(warning.team, teams)}, " if warning.team else ""
        since = dates.since(warning.urgent_since)
        return _item(f"• {warning.name} {subject(warning)}:", f"{whose}{NOBODY} since {since}")

    urgent = [one for one in warned.waiting if one.is_urgent]
    return _lines(urgent, line)


def held_section(warned: WarnedSince, team: Team, dates: Dates) -> list[Block]:
    """What the team's quiet hours held back: nobody saw it before."""
    return _listed(
        "*Held back in your quiet hours*",
        warned.held_back(team),
        lambda warning: _told(warned.parts_of(warning), dates),
    )


def over_section(warned: WarnedSince, dates: Dates, command: str) -> list[Block]:
    """What was warned of since the last digest, and how it ended."""
    if warned.since is None:
        return []
    return _listed(
        f"*Warned since {dates.weekday(dates.local(warned.since).date())}*",
        warned.over,
        lambda warning: _told(warned.parts_of(warning), dates),
        more_in=f"`{command} warnings`",
    )


def chance_words(parts: Sequence[Part]) -> str | None:
    """ "72% to be breached"; None where no forecast warns."""
    open_parts = (part for part in parts if part.episode.is_open)
    found = (part for part in open_parts if part.warning.kind is WarningKind.FORECAST)
    first = next(found, None)
    return f"{_chance(first.episode)} to be breached" if first else None


def subject(warning: BreachWarning) -> str:
    """ "checkout-availability", "7 objectives of checkout"."""
    if len(warning.episodes) == 1:
        return plain(warning.episodes[0].objective)
    return f"{len(warning.episodes):,} objectives of {plain(warning.service, SHORT)}"


def _row_line(part: Part, dates: Dates, no_data: bool) -> str:
    warning, episode = part.warning, part.episode
    if not episode.is_open:
        return f"{warning.name} {_ended(warning, [part], dates)}"
    if warning.kind is WarningKind.FORECAST:
        how = _going_on(warning, [part], dates)
        return f"{how[:1].upper()}{how[1:]} · {warning.name}"
    if warning.kind is WarningKind.SILENT and no_data:
        return f"{warning.name}: {_who(warning, dates.at)}"
    return f"{warning.name} {_going_on(warning, [part], dates)}: {_who(warning, dates.at)}"


def _told(parts: Sequence[Part], dates: Dates) -> str:
    """A line of a list: which warning, of what, and what is or became of it."""
    warning = parts[0].warning
    if warning.is_open:
        still = [part for part in parts if part.episode.is_open]
        return _item(f"⚠️ {warning.name} {subject(warning)}", _going_on(warning, still, dates))
    return _item(f"☑️ {warning.name} {subject(warning)}", _ended(warning, parts, dates))


def _going_on(warning: BreachWarning, parts: Sequence[Part], dates: Dates) -> str:
    """ "urgent since 08:12", "will probably be breached: 72%"."""
    if warning.kind is WarningKind.SILENT:
        return "nothing received"
    if warning.kind is WarningKind.BURN:
        urgent = any(part.episode.severity is Severity.PAGE for part in parts)
        return f"urgent since {dates.since(warning.urgent_since)}" if urgent else _since(parts, dates)
    likeliest = max((part.episode for part in parts), key=lambda one: one.probability or 0)
    probably = (likeliest.probability or 0) >= LIKELY
    return f"{'will probably' if probably else 'may'} be breached: {_chance(likeliest)}"


def _since(parts: Sequence[Part], dates: Dates) -> str:
    return f"since {dates.since(min(part.episode.opened_at or part.episode.began_at for part in parts))}"


def _ended(warning: BreachWarning, parts: Sequence[Part], dates: Dates) -> str:
    """ "on Mon took 12% in 36 min; over"."""
    breached = any(part.episode.breached_at for part in parts)
    if warning.kind is WarningKind.FORECAST:
        return _forecast_ended([part.episode for part in parts])
    on = _on(warning.opened_at, dates)
    if warning.kind is WarningKind.SILENT:
        return f"{on}: nothing received; over"
    took = _took([part.cost for part in parts])
    return f"{on}{took}; {'breached' if breached else 'over'}"


def _forecast_ended(episodes: Sequence[Episode]) -> str:
    if any(one.breached_at for one in episodes):
        return "came true: breached"
    if all(one.withdrawn for one in episodes):
        likeliest = max(episodes, key=lambda one: one.probability or 0)
        return f"withdrawn: {_chance(likeliest)} to be breached"
    return "did not come true; over"


def _took(costs: Sequence[Cost | None]) -> str:
    known = [cost for cost in costs if cost is not None]
    if not known:
        return ""
    longest = duration(max(cost.minutes for cost in known))
    shares = [cost.share for cost in known if cost.share is not None]
    if not shares:
        return f" failed for {longest}"
    most = "up to " if len(costs) > 1 else ""
    return f" took {most}{ceil_percent(max(shares), 0)} in {longest}"


def _who(warning: BreachWarning, at: datetime) -> str:
    """Nobody is named: a name would be a mention, and a digest has none."""
    if warning.acknowledged_by:
        return "somebody has it"
    return "snoozed" if warning.snoozed(at) else NOBODY


def _on(instant: datetime, dates: Dates) -> str:
    on = dates.local(instant).date()
    return "today" if on == dates.today else f"on {dates.weekday(on)}"


def _chance(episode: Episode) -> str:
    """ "72%": rounded up, and never as certain as it is not."""
    chance = Fraction(episode.probability or 0).limit_denominator(MILLION)
    return "over 99%" if chance * 100 > 99 else ceil_percent(chance, 0)


def _item(*words: str) -> str:
    return "\n    ".join(flowing(words, separator=" "))


def _listed(
    title: str,
    warnings: Sequence[BreachWarning],
    line: Callable[[BreachWarning], str],
    *,
    more_in: str = "",
) -> list[Block]:
    """A titled list, as far as there is room."""
    lines = _lines(warnings, line, more_in=more_in)
    return [section(title, *lines)] if lines else []


def _lines(
    warnings: Sequence[BreachWarning], line: Callable[[BreachWarning], str], *, more_in: str = ""
) -> list[str]:
    lines = fitting(warnings, line, most=MOST_LISTED, room=ROOM_OF_LISTED)
    more = len(warnings) - len(lines)
    where = f": {more_in}" if more_in else ""
    return [*lines, *([f"and {more:,} more{where}"] if more else [])]


def _monday(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


def _example(number: int, standing: Standing, episode: Episode, opened: datetime) -> BreachWarning:
    channel, service = PAYMENTS.channel or "", standing.objective.service
    team = PAYMENTS.name
    return BreachWarning(number, episode.kind, team, channel, service, opened, (episode,), said_at=opened)


_BURNT = Episode(
    CHECKOUT.name, WarningKind.BURN, Severity.PAGE, _monday(12, 59), _monday(12, 59), _monday(13, 43)
)
_FORECAST = Episode(
    PAYOUT.name, WarningKind.FORECAST, Severity.TICKET, NINE, NINE.replace(hour=7, minute=5), probability=0.72
)
EXAMPLE = WarnedSince(
    NINE,
    [
        _example(42, CHECKOUT, _BURNT, _monday(12, 59)),
        _example(43, PAYOUT, _FORECAST, NINE.replace(hour=7, minute=5)),
    ],
    since=_monday(8, 0),
    costs={(42, CHECKOUT.name): Cost(Fraction(3_024, 25_902), 36)},
)
"""Monday's warning of the checkout, and this morning's of payouts."""
