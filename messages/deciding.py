"""What waits in a roll-up: decisions of the service level managers, and answers of teams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.acknowledgement import Acknowledgement
from domain.acknowledgement_steps import STEPS, Step, step_times
from domain.handover import Handover
from domain.planned import Promises
from domain.questions import NO_QUESTIONS, Questions, unowned_since
from domain.standing import Standing
from domain.team import Team
from messages.asking import ask_button, askable, form_button
from messages.blocks import Block, actions, section
from messages.dates import Dates
from messages.escaping import plain
from messages.parties import shown_name
from messages.room import fitting
from messages.states import state_words
from messages.text_limits import length
from messages.waiting import item

MOST_LISTED = 8
ROOM_OF_LISTED = 1200
MOST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Deciding:
    """What is unowned (nobody is its owner, or the owner declined) and what teams were `asked`, read at `at`."""

    unowned: Sequence[Standing]
    promises: Promises
    dates: Dates
    asked: Questions = NO_QUESTIONS

    @property
    def at(self) -> datetime:
        """When it is read."""
        return self.dates.at

    @property
    def count(self) -> int:
        """How many decisions wait."""
        return len(self.unowned) + len(self.asked.declined) + len(self.asked.overdue(at=self.at))

    @property
    def nothing(self) -> bool:
        """Whether nobody waits for anything."""
        return not (self.count or self.asked.open or self.asked.handovers)

    @property
    def homeless(self) -> list[str]:
        """The objectives that need an owner, those that were declined first."""
        return [*(one.objective for one in self.asked.declined), *(one.name for one in self.unowned)]


def decisions_section(facts: Deciding) -> list[Block]:
    """What is unowned, and what a team should have answered by now: a line each."""
    lines = [
        *_listed([_declined_line(one, facts) for one in facts.asked.declined]),
        *_listed([_unowned_line(one, facts) for one in facts.unowned]),
        *_listed([_overdue_line(one, facts) for one in facts.asked.overdue(at=facts.at)]),
    ]
    return [section("*A decision waits*", *lines)] if lines else []


def answers_section(facts: Deciding, warned: Sequence[str] = ()) -> list[Block]:
    """Whose answer is awaited: of a request one line, however many it asks for; `warned` are lines about warnings."""
    batches: dict[int, list[Acknowledgement]] = {}
    for one in facts.asked.on_time(at=facts.at):
        batches.setdefault(one.batch or -one.id, []).append(one)
    teams = facts.promises.teams
    lines = [
        *_listed([_asked_line(found, facts) for found in batches.values()]),
        *_listed([_handover_line(one, teams) for one in facts.asked.handovers]),
        *warned,
    ]
    return [section("*An answer waits*", *lines)] if lines else []


def buttons(facts: Deciding) -> list[Block]:
    """To name an owner for the first that has none, and to look at all."""
    name = next(iter(facts.homeless), "")
    text = f"assign {name}"
    fits = bool(name) and askable(text) and length(name) <= MOST_LABEL
    assign = [form_button(f"Assign {name}…", text)] if fits else []
    return [actions(*assign, ask_button("All objectives", "status"))]


def decisions_push(facts: Deciding) -> str:
    """ " 3 decisions wait."; nothing where none does."""
    if not facts.count:
        return ""
    return " 1 decision waits." if facts.count == 1 else f" {facts.count:,} decisions wait."


def _unowned_line(standing: Standing, facts: Deciding) -> str:
    since = _since(unowned_since(standing), facts.dates)
    return item(f"• Unowned{since}: {plain(standing.name)},", state_words(standing))


def _declined_line(one: Acknowledgement, facts: Deciding) -> str:
    since = _since(one.answered_at, facts.dates)
    who = shown_name(one.team, facts.promises.teams)
    ground = f": {one.ground.said}" if one.ground else ""
    return item(f"• Unowned{since}: {plain(one.objective)},", f"declined by {who}{ground}")


def _overdue_line(one: Acknowledgement, facts: Deciding) -> str:
    """ "stock-freshness: unacknowledged by logistics, due Fri 20 Nov; its manager was asked on Mon"."""
    due, asked = _due(one, facts), _asked_of(one, facts)
    who = f"unacknowledged by {shown_name(one.team, facts.promises.teams)},"
    return item(f"• {plain(one.objective)}:", who, f"due {due}{';' if asked else ''}", *asked)


def _asked_of(one: Acknowledgement, facts: Deciding) -> list[str]:
    """Who was asked beside the team: its manager."""
    team = facts.promises.teams.get(one.team)
    place = STEPS.index(Step.MANAGER)
    if one.reminded <= place or team is None or not team.manager:
        return []
    asked_at = step_times(one, facts.promises.working_calendar(one.team))[place]
    on = facts.dates.weekday(facts.dates.local(asked_at).date())
    return [f"its manager was asked {'today' if on == 'today' else f'on {on}'}"]


def _asked_line(found: Sequence[Acknowledgement], facts: Deciding) -> str:
    """ "wallet-availability: payments, by Mon 30 Nov"."""
    who = shown_name(found[0].team, facts.promises.teams)
    what = plain(found[0].objective) if len(found) == 1 else f"{len(found):,} objectives"
    return item(f"• {what}:", f"{who},", f"by {_due(found[0], facts)}")


def _handover_line(one: Handover, teams: Mapping[str, Team]) -> str:
    missing = " and ".join(shown_name(team, teams) for team in one.missing)
    return item(f"• {plain(one.objective)}:", f"{missing},", "to agree to its hand-over")


def _listed(lines: Sequence[str]) -> list[str]:
    shown = fitting(lines, str, most=MOST_LISTED, room=ROOM_OF_LISTED)
    more = len(lines) - len(shown)
    return [*shown, *([f"• and {more:,} more"] if more else [])]


def _due(one: Acknowledgement, facts: Deciding) -> str:
    """The day on the team's own clock."""
    team = facts.promises.teams.get(one.team)
    return _day(one.due_at, Dates(facts.at, team.timezone) if team else facts.dates)


def _since(instant: datetime | None, dates: Dates) -> str:
    return f" since {_day(instant, dates)}" if instant else ""


def _day(instant: datetime, dates: Dates) -> str:
    on: date = dates.local(instant).date()
    return dates.day(on)
