"""The daily digest of a team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.agreement import Agreement
from domain.standing import Standing, State
from domain.team import Team
from domain.urgency import by_urgency
from messages.amounts import left_percent
from messages.blocks import Block, context, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import AGREEMENTS, NINE, PAYMENTS, STANDINGS, TODAY
from messages.gaps import missed_section, silent_section, unowned_section
from messages.message import Message
from messages.parties import team_words
from messages.rows import met_section, rest_words, rows
from messages.states import all_met_words, counts_words


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What a digest tells: `standings` of the team's objectives, on the local date `on`, figures of `at`.

    `unowned` are objectives that nobody owns, for the service level managers' team only; `missed` the dates
    before `on` whose digests were not posted.
    """

    team: Team
    on: date
    at: datetime
    standings: Sequence[Standing]
    agreements: Mapping[str, Agreement]
    unowned: Sequence[Standing] = ()
    missed: Sequence[date] = ()

    @property
    def dates(self) -> Dates:
        """Words for dates, in the team's zone."""
        return Dates(self.at, self.team.timezone)


def digest(facts: DigestFacts, *, command: str = "/slm") -> Message:
    """The digest: three lines where nothing is wrong, else rows by urgency."""
    if not facts.standings:
        return _without_objectives(facts)
    ranked = by_urgency(facts.standings)
    silent = [one for one in ranked if one.silent]
    wrong = [one for one in ranked if one.state is not State.MET]
    if not (wrong or silent or facts.unowned or facts.missed):
        return _quiet_day(facts, ranked[0])
    return _full_digest(facts, wrong, silent, command)


def _full_digest(
    facts: DigestFacts, wrong: Sequence[Standing], silent: Sequence[Standing], command: str
) -> Message:
    shown = rows(wrong, facts.agreements, facts.dates)
    named = {standing.name for standing in wrong[: len(shown)]}
    blocks = [
        section(_headline(facts), counts_words(facts.standings, bold=True)),
        *map(section, shown),
        *_rest(wrong[len(shown) :], facts.team, command),
        *met_section(facts.standings),
        # The row of an objective that is not met says itself that nothing comes.
        *silent_section([one for one in silent if one.name not in named], facts.dates),
        *_gaps(facts),
        context(f"Figures to {facts.dates.time(facts.at)} · now: `{command} status`"),
    ]
    return Message(_push(facts, counts_words(facts.standings, separator=", ")), tuple(blocks))


def _quiet_day(facts: DigestFacts, tightest: Standing) -> Message:
    team, met = team_words(facts.team), all_met_words(len(facts.standings))
    lines = (
        f"✅ {_headline(facts)} · {met}",
        f"Tightest: {plain(tightest.name)}, budget left {left_percent(tightest)}",
        "Nothing waits for this team.",
    )
    return Message(f"{team}: {met}, nothing waits.", (section(*lines),))


def _without_objectives(facts: DigestFacts) -> Message:
    if facts.team.arbitrates:
        told = ["Every objective has an owner."] if not facts.unowned else []
        head = section(_headline(facts), "This team owns no objectives itself.", *told)
        return Message(_push(facts, "no objectives of its own"), (head, *_gaps(facts)))
    head = section(
        _headline(facts),
        "This team owns no objectives yet. An operator",
        "can load some: `steward apply FILES`",
    )
    return Message(_push(facts, "no objectives yet"), (head, *_gaps(facts)))


def _headline(facts: DigestFacts) -> str:
    return f"*{team_words(facts.team)} · {facts.dates.day(facts.on)}*"


def _push(facts: DigestFacts, news: str) -> str:
    unowned = f" {len(facts.unowned):,} unowned." if facts.unowned else ""
    return f"{team_words(facts.team)}: {news}.{unowned}"


def _rest(standings: Sequence[Standing], team: Team, command: str) -> list[Block]:
    """One line for the rows that found no room."""
    if not standings:
        return []
    return [section(f"{rest_words(standings)}: `{command} status {plain(team.name)}`")]


def _gaps(facts: DigestFacts) -> list[Block]:
    return [*unowned_section(by_urgency(facts.unowned)), *missed_section(facts.missed, facts.dates)]


EXAMPLE = DigestFacts(PAYMENTS, TODAY, NINE, STANDINGS, AGREEMENTS)
