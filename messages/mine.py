"""What waits for a person, and how their teams stand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from domain.acknowledgement import Acknowledgement
from domain.breach_warning import BreachWarning
from domain.dispute import Dispute
from domain.questions import NO_QUESTIONS, Questions
from domain.standing import Standing, State
from domain.team import Team
from domain.urgency import by_urgency
from domain.window import Period
from messages.amounts import left_percent
from messages.blocks import section
from messages.dates import Dates
from messages.dispute_lines import dispute_sections
from messages.escaping import plain
from messages.example import BERLIN, NINE, PAYMENTS, STANDINGS
from messages.message import Message
from messages.mine_questions import awaited_lines, question_count, question_sections
from messages.mine_warnings import warning_sections
from messages.parties import team_words
from messages.planned import planned_words
from messages.room import fitting, pieces
from messages.rows import rest_words
from messages.states import EMOJI, all_met_words, counts_words
from messages.status_warnings import EXAMPLE_OVER, EXAMPLE_WAITING
from messages.waiting import EXAMPLE as ASKED

MOST_TEAMS = 10
MOST_WORST = 5
MOST_WORK = 5
ROOM = 3000
"""Of the worst objectives, and of the planned work."""

NOTHING = "Nothing waits for you"


@dataclass(frozen=True, slots=True)
class OwnTeam:
    """A team of the person with its objectives, and what it was asked about them."""

    team: Team
    standings: Sequence[Standing]
    asked: Questions = NO_QUESTIONS


@dataclass(frozen=True, slots=True)
class Work:
    """Planned work that lies ahead: when it is next done, and why."""

    occurrence: Period
    reason: str


@dataclass(frozen=True, slots=True)
class Mine:
    """What waits for a person at `at`, in the time zone `zone`: warnings of their teams that nobody has.

    Those that the person has are `held`. `deciding` are questions that were declined, for who arbitrates; `disputes`
    those in which it is the turn of their teams, or their own as arbiter.
    """

    teams: Sequence[OwnTeam]
    at: datetime
    work: Sequence[Work] = ()
    zone: str = "UTC"
    waiting: Sequence[BreachWarning] = ()
    held: Sequence[BreachWarning] = ()
    deciding: Sequence[Acknowledgement] = ()
    disputes: Sequence[Dispute] = ()

    @property
    def dates(self) -> Dates:
        """Words for dates, in that zone."""
        return Dates(self.at, self.zone)

    @property
    def asked(self) -> dict[Team, Questions]:
        """What each team was asked."""
        return {one.team: one.asked for one in self.teams}


def mine(facts: Mine, *, command: str = "/slm") -> Message:
    """What waits, the teams, their worst objectives, the work that is planned for them."""
    hint = f"all you can ask: `{command} help`"
    waits = _waits(facts)
    warned = warning_sections(facts.waiting, facts.held, facts.dates, command=command)
    disputed = dispute_sections(facts.disputes, facts.dates, command=command)
    things = [*question_sections(facts.asked, facts.deciding, facts.dates), *disputed, *warned]
    if not facts.teams:
        lines = (f"You are in no team yet. `{command} status NAME`", "tells how any of them stands.")
        waiting = [*disputed, *warned]
        head = [section(f"*{waits}*")] if waiting else [section(f"{waits}.", *lines)]
        return Message(f"{waits}. You are in no team yet.", (*head, *waiting), hint)
    wrong = [one for one in _ranked(facts.teams) if one.state is not State.MET]
    told = f"{waits}. {'; '.join(_teams(facts.teams))}."
    awaited = awaited_lines(facts.asked, facts.dates)
    if not (wrong or facts.work or things or awaited):
        return Message(told, (section(told),), hint)
    texts = pieces(["*You wait for*", *awaited]) if awaited else []
    texts += pieces(["*Your teams*", *_teams(facts.teams), *_worst(wrong)])
    if facts.work:
        texts += pieces(["*Planned work ahead*", *_work(facts)])
    return Message(told, (section(f"*{waits}*"), *things, *map(section, texts)), hint)


def _waits(facts: Mine) -> str:
    """ "2 things wait for you"."""
    count = (
        len(facts.waiting) + len(facts.disputes) + question_count(facts.asked, facts.deciding, facts.dates)
    )
    if not count:
        return NOTHING
    return "1 thing waits for you" if count == 1 else f"{count:,} things wait for you"


def _teams(teams: Sequence[OwnTeam]) -> list[str]:
    lines = [f"{team_words(one.team)}: {_counts(one.standings)}" for one in teams[:MOST_TEAMS]]
    rest = len(teams) - len(lines)
    return [*lines, f"{rest} more teams"] if rest else lines


def _counts(standings: Sequence[Standing]) -> str:
    if not standings:
        return "no objectives"
    if all(one.state is State.MET for one in standings):
        return all_met_words(len(standings))
    return counts_words(standings).partition(" · ")[0]


def _ranked(teams: Sequence[OwnTeam]) -> list[Standing]:
    """Each objective once, the most urgent first."""
    return by_urgency({standing.name: standing for one in teams for standing in one.standings}.values())


def _worst(wrong: Sequence[Standing]) -> list[str]:
    shown = fitting(wrong, _row, most=MOST_WORST, room=ROOM)
    rest = wrong[len(shown) :]
    return [*shown, rest_words(rest)] if rest else shown


def _row(standing: Standing) -> str:
    told = "no data" if standing.state is State.NO_DATA else f"budget left {left_percent(standing)}"
    return f"{EMOJI[standing.state]} {plain(standing.name)} · {told}"


def _work(facts: Mine) -> list[str]:
    shown = fitting(
        facts.work,
        lambda one: f"• {planned_words(one.occurrence, one.reason, facts.dates)}",
        most=MOST_WORK,
        room=ROOM,
    )
    rest = len(facts.work) - len(shown)
    return [*shown, f"and {rest:,} more"] if rest else shown


def _held() -> BreachWarning:
    """Acknowledged on Monday, by whoever asks."""
    [part] = EXAMPLE_OVER.episodes
    acknowledged_at = datetime(2026, 11, 23, 13, 2, tzinfo=UTC)
    lasting = replace(part, resolved_at=None)
    return replace(
        EXAMPLE_OVER, episodes=(lasting,), acknowledged_by="U0ANA", acknowledged_at=acknowledged_at
    )


EXAMPLE = Mine(
    teams=(OwnTeam(PAYMENTS, STANDINGS, ASKED),),
    at=NINE,
    work=(
        Work(
            Period(datetime(2026, 11, 28, 21, tzinfo=UTC), datetime(2026, 11, 29, 1, tzinfo=UTC)),
            "Upgrade of the payments database",
        ),
    ),
    zone=BERLIN,
    waiting=(EXAMPLE_WAITING,),
)
EXAMPLE_HELD = replace(EXAMPLE, held=(_held(),))
