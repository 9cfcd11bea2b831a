"""The watch: from how objectives stand, each minute, to what changes of their episodes, breaches and warnings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.breach_warning import BreachWarning
from domain.episode import Episode, WarningKind, follow_burn, follow_silence
from domain.planned import Promises
from domain.sight import Glance, Sight, look
from domain.standing import Standing, State
from domain.window import CalendarWindow


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of earlier looks: objective → its newest episode of each kind, and since when it is breached."""

    burns: Mapping[str, Episode]
    silences: Mapping[str, Episode]
    forecasts: Mapping[str, Episode]
    breached: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class Seen:
    """A standing, with what was to be seen of it."""

    standing: Standing
    sight: Sight


@dataclass(frozen=True, slots=True)
class Decided:
    """What a look changes: episodes that were opened or changed, pending burns (None: gone), and breaches."""

    episodes: tuple[Episode, ...] = ()
    pending: Mapping[str, Episode | None] | None = None
    begun: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a warning belongs: in the channel of a team, with the others of the service. Without a channel nowhere."""

    team: str | None
    channel: str
    service: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A warning as it is now, and as it was; `before` is None where it is new."""

    before: BreachWarning | None
    after: BreachWarning


def see(standing: Standing, last: Episode | None) -> Seen:
    """A look at an objective; `last` is its newest burn."""
    glance = Glance(
        standing.at,
        standing.terms,
        standing.period,
        standing.scope,
        standing.figures.spans,
        standing.figures.first_minute,
        standing.state is State.BREACHED,
    )
    return Seen(
        standing, look(glance, standing.objective.watching, over_at=last.resolved_at if last else None)
    )


def decide(seen: Mapping[str, Seen], known: Known, *, at: datetime) -> Decided:
    """What changes. What is known and not `seen` is of objectives that were retired or do not count: it is over."""
    episodes: list[Episode] = []
    pending: dict[str, Episode | None] = {}
    for name, one in seen.items():
        if not _is_dull(name, one.sight, known):
            _follow(name, one.sight, known, episodes, pending)
    for kept in (known.burns, known.silences, known.forecasts):
        for name, last in kept.items():
            if name not in seen and last.is_open:
                episodes.append(last.resolved(at))
            elif name not in seen and last.pending:
                pending[name] = None
    return Decided(tuple(episodes), pending, _begun(seen, known), _ended(seen, known))


def _is_dull(name: str, sight: Sight, known: Known) -> bool:
    """Nothing is to be seen, nothing was: so it is with nearly all objectives in nearly all minutes."""
    nothing = sight.holding is None and not sight.silent
    return nothing and name not in known.burns and name not in known.silences and name not in known.forecasts


def _follow(
    name: str, sight: Sight, known: Known, episodes: list[Episode], pending: dict[str, Episode | None]
) -> None:
    last = known.burns.get(name)
    burn = follow_burn(name, last, sight)
    if burn != last:
        if (last and last.pending) or (burn and burn.pending):
            pending[name] = burn if burn and burn.pending else None
        if burn and not burn.pending:
            episodes.append(burn)
    was_silent = known.silences.get(name)
    silence = follow_silence(name, was_silent, sight)
    if silence and silence != was_silent:
        episodes.append(silence)
    forecast = known.forecasts.get(name)
    if forecast and forecast.is_open and sight.breached and not _is_past(forecast, sight.at):
        episodes.append(forecast.breached(sight.at).resolved(sight.at))


def _is_past(forecast: Episode, at: datetime) -> bool:
    """Whether its window is over: what is breached now is another one."""
    return forecast.window_end is not None and at >= forecast.window_end


def _begun(seen: Mapping[str, Seen], known: Known) -> tuple[str, ...]:
    return tuple(name for name, one in seen.items() if one.sight.breached and name not in known.breached)


def _ended(seen: Mapping[str, Seen], known: Known) -> tuple[str, ...]:
    return tuple(name for name, since in known.breached.items() if _is_over(seen.get(name), since))


def _is_over(seen: Seen | None, since: datetime) -> bool:
    """Missing data ends no breach, but the next calendar period does."""
    if seen is None:
        return True
    if seen.standing.state is not State.NO_DATA:
        return not seen.sight.breached
    return isinstance(seen.standing.terms.window, CalendarWindow) and seen.standing.period.start > since


def place_of(standing: Standing, promises: Promises) -> Place:
    """The owner's channel, else that of the agreement's provider, else of the team that arbitrates.

    Never one of a customer's or third party's.
    """
    owner = standing.terms.owner
    agreement = promises.agreement(standing)
    named = (owner, agreement.provider if agreement else None)
    asked = [promises.teams[name] for name in named if name and name in promises.teams]
    asked += [team for team in promises.teams.values() if team.arbitrates]
    for team in asked:
        if team.internal and team.channel:
            return Place(team.name, team.channel, standing.objective.service)
    return Place(owner, "", standing.objective.service)


def placed(
    episodes: Iterable[Episode],
    warnings: Sequence[BreachWarning],
    *,
    place: Callable[[str], Place],
    number: int,
    at: datetime,
) -> list[Changed]:
    """The warnings that change with these episodes; new ones are numbered from `number` on.

    An episode stays in its warning; a new one joins the open warning of its channel, service and kind.
    """
    now = {one.number: one for one in warnings}
    before = dict(now)
    for episode in episodes:
        found = _holder(episode, now.values()) or _open_at(
            place(episode.objective), episode.kind, now.values()
        )
        if found is None:
            found = _new(max([number - 1, *now]) + 1, episode, place(episode.objective))
        now[found.number] = found.with_episode(_joined(episode, found), at=at)
    return [Changed(before.get(one.number), one) for one in now.values() if one != before.get(one.number)]


def _holder(episode: Episode, warnings: Iterable[BreachWarning]) -> BreachWarning | None:
    """The warning that the episode is in."""
    key = (episode.objective, episode.began_at)
    for warning in warnings:
        if warning.kind is episode.kind and any(
            (one.objective, one.began_at) == key for one in warning.episodes
        ):
            return warning
    return None


def _open_at(place: Place, kind: WarningKind, warnings: Iterable[BreachWarning]) -> BreachWarning | None:
    for warning in warnings:
        if warning.is_open and (warning.channel, warning.service, warning.kind) == (
            place.channel,
            place.service,
            kind,
        ):
            return warning
    return None


def _new(number: int, episode: Episode, place: Place) -> BreachWarning:
    opened_at = episode.opened_at or episode.began_at
    return BreachWarning(number, episode.kind, place.team, place.channel, place.service, opened_at, ())


def _joined(episode: Episode, warning: BreachWarning) -> Episode:
    """The episode in the warning: there what began again after it was over is the same episode."""
    for one in warning.episodes:
        if one.objective == episode.objective and one.began_at != episode.began_at:
            return replace(episode, began_at=one.began_at, opened_at=one.opened_at, reopened=one.reopened + 1)
    return episode
