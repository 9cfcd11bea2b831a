"""`/slm who NAME [on DATE]`: who answers for it, or did."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from commands.ask import Ask
from commands.meant import find_in, require_objectives, zone_here
from domain.chain import Chains, Link, tops
from domain.lookup import Found, Kind, UnknownName, objectives_of
from domain.moment import past_date
from domain.planned import Promises
from domain.refusal import Refusal
from domain.team import Team
from messages.dates import Dates
from messages.escaping import plain
from messages.message import Message
from messages.parties import team_words
from messages.who import Answerable, Many, who_answers, who_answers_for_many
from messages.who_chain import Chain, who_answers_in_chain
from storage.store import Store
from storage.transaction import Transaction

ON = re.compile(r"(?P<name>.*)\s+on\s+(?P<day>\S.*)", re.IGNORECASE | re.DOTALL)


def who(ask: Ask, store: Store) -> Message:
    """Who answers for an objective; of a service the chain of its promises; of a team a line for each objective."""
    with store.read(ask.workspace) as tx:
        require_objectives(tx)
        if not ask.rest:
            raise Refusal(f"Who answers for what? For example:\n`{ask.command} who checkout`")
        roll = _Roll(_meant(ask, tx), tx)
        if roll.found.kind is Kind.OBJECTIVE:
            return who_answers(roll.answerable(roll.found.name))
        if roll.found.kind is Kind.SERVICE:
            return who_answers_in_chain(roll.chain(), command=ask.command)
        return who_answers_for_many(roll.many(), command=ask.command)


@dataclass(frozen=True, slots=True)
class _Meant:
    """Who answers for what, at which instant; `on` is the date that was asked for, in `zone`."""

    found: Found
    at: datetime
    zone: str
    on: date | None = None


def _meant(ask: Ask, tx: Transaction) -> _Meant:
    """A name may have "on" in it, so that the whole is tried first."""
    zone = zone_here(ask, tx)
    dated = ON.fullmatch(ask.rest)
    try:
        return _Meant(find_in(tx, ask.rest, at=ask.at), ask.at, zone)
    except UnknownName:
        if not dated:
            raise
    on = past_date(dated["day"], today=ask.at.astimezone(ZoneInfo(zone)).date())
    at = _end_of(on, zone, ask.at)
    return _Meant(find_in(tx, dated["name"], at=at), at, zone, on)


def _end_of(on: date, zone: str, at: datetime) -> datetime:
    """The last minute of a date; of today `at`."""
    if on == at.astimezone(ZoneInfo(zone)).date():
        return at
    midnight = datetime.combine(on + timedelta(days=1), time(), ZoneInfo(zone))
    return midnight.astimezone(at.tzinfo) - timedelta(minutes=1)


class _Roll:
    """Who answers for each objective that was meant, as it was then."""

    def __init__(self, meant: _Meant, tx: Transaction) -> None:
        self.found = meant.found
        self._meant = meant
        self._tx = tx
        self._promises = Promises(
            {agreement.name: agreement for agreement in tx.agreements.all()},
            {team.name: team for team in tx.teams.all()},
            {calendar.name: calendar for calendar in tx.calendars.all()},
        )
        in_force = tx.objectives.in_force(at=meant.at)
        self.names = objectives_of(meant.found, in_force, self._promises.agreements.values(), at=meant.at)
        chains = Chains(tx.objectives.with_retired(), self._promises, at=meant.at)
        self._links = chains.links(self.names, tx.acknowledgements.of_each(chains.names(self.names)))
        self._in_force = {one.name for one in in_force}

    def chain(self) -> Chain:
        """The chains of a service."""
        dates = Dates(self._meant.at, self._meant.zone)
        title = f"{plain(self.found.name)} service"
        return Chain(title, tops(self.names, self._links), dates, self._promises.teams, self._meant.on)

    def many(self) -> Many:
        """Those of a team, or promised to it."""
        team = self._promises.teams.get(self.found.name)
        answerable = [self.answerable(name) for name in self.names]
        return Many(team_words(team) if team else plain(self.found.name), answerable, team, self._meant.on)

    def answerable(self, name: str) -> Answerable:
        """One of them."""
        link, teams = self._links[name], self._promises.teams
        owner = link.terms.owner
        return Answerable(
            name,
            teams.get(owner, Team(owner)) if owner else None,
            link.agreement,
            self._meant.at,
            self._zone(link),
            link,
            teams,
            [above for above in link.objective.supports if above in self._in_force],
            self._meant.on,
        )

    def _zone(self, link: Link) -> str:
        """The provider's, by which an agreement begins and ends; without one that of whoever asks."""
        provider = self._promises.teams.get(link.agreement.provider) if link.agreement else None
        return provider.timezone if provider else self._meant.zone
