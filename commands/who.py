"""`/slm who NAME`: who answers for it."""

from collections.abc import Mapping

from commands.ask import Ask
from commands.meant import find_in, require_objectives
from domain.agreement import Agreement
from domain.lookup import Found, Kind, objectives_of
from domain.objective import Objective
from domain.refusal import Refusal
from domain.team import Team
from messages.escaping import plain
from messages.message import Message
from messages.parties import team_words
from messages.who import Answerable, Many, who_answers, who_answers_for_many
from storage.store import Store, Transaction


def who(ask: Ask, store: Store) -> Message:
    """The owner and the promise of an objective, or of each objective of a service or team."""
    with store.read(ask.workspace) as tx:
        require_objectives(tx)
        if not ask.rest:
            raise Refusal(f"Who answers for what? For example:\n`{ask.command} who checkout`")
        found = find_in(tx, ask.rest, at=ask.at)
        teams = {team.name: team for team in tx.teams.all()}
        answerable = _Roll(ask, tx, teams).of(found)
    if found.kind is Kind.OBJECTIVE:
        return who_answers(answerable[0])
    team = teams.get(found.name) if found.kind is Kind.TEAM else None
    title = team_words(team) if team else f"{plain(found.name)} service"
    return who_answers_for_many(Many(title, answerable, team), command=ask.command)


class _Roll:
    """Who answers for each objective at the instant of the ask."""

    def __init__(self, ask: Ask, tx: Transaction, teams: Mapping[str, Team]) -> None:
        self._at = ask.at
        self._teams = teams
        self._objectives = {one.name: one for one in tx.objectives.in_force(at=ask.at)}
        self._agreements = {agreement.name: agreement for agreement in tx.agreements.all()}

    def of(self, found: Found) -> list[Answerable]:
        """Those of the objectives that `found` means."""
        names = objectives_of(found, self._objectives.values(), self._agreements.values(), at=self._at)
        return [self._answerable(self._objectives[name]) for name in names]

    def _answerable(self, objective: Objective) -> Answerable:
        terms = objective.terms(at=self._at)
        agreement = self._agreements.get(terms.agreement or "")
        owner = self._teams.get(terms.owner, Team(terms.owner)) if terms.owner else None
        return Answerable(objective.name, owner, agreement, self._at, self._zone(agreement))

    def _zone(self, agreement: Agreement | None) -> str:
        provider = self._teams.get(agreement.provider) if agreement else None
        return provider.timezone if provider else "UTC"
