"""Who is asked to acknowledge, until when, and who comes next: by their part, since a name in a new message calls."""

from datetime import datetime

from domain.acknowledgement_steps import STEPS, Step
from domain.request import Request
from domain.team import Team
from messages.dates import Dates
from messages.parties import team_words
from messages.warning_people import call_team

ARBITERS = "the service level managers"
LATER = (Step.MANAGER, Step.ARBITERS)


def dates_of(request: Request) -> Dates:
    """In the zone of the team that is asked."""
    return Dates(request.at, request.team.timezone)


def moment_words(instant: datetime, dates: Dates) -> str:
    """ "Mon 30 Nov 18:00": also today, since the message is read tomorrow."""
    return f"{day_words(instant, dates)} {dates.time(instant)}"


def day_words(instant: datetime, dates: Dates) -> str:
    """ "Tue 1 Dec"."""
    return dates.day(dates.local(instant).date())


def answer_lines(request: Request) -> list[str]:
    """Until when an answer is awaited, and who is asked then or was."""
    when = moment_words(request.due_at, dates_of(request))
    reminded = max(one.acknowledgement.reminded for one in request.open)
    asked = [words for step in STEPS[:reminded] if step in LATER and (words := part_words(step, request))]
    if asked:
        return [f"An answer was due {when};", f"{_be_asked(asked[-1], 'were', 'was')}."]
    by = "An answer was due" if request.due_at <= request.at else "Answer by"
    following = next_asked(request)
    return [f"{by} {when},", f"then {following}."] if following else [f"{by} {when}."]


def next_asked(request: Request) -> str:
    """ "the manager is asked": who comes after the team; nothing where there is nobody."""
    people = [words for step in LATER if (words := part_words(step, request))]
    return _be_asked(people[0], "are", "is") if people else ""


def _be_asked(part: str, plural: str, singular: str) -> str:
    return f"{part} {plural if part == ARBITERS else singular} asked"


def part_words(step: Step, request: Request) -> str:
    """Who is asked at a step; nothing where there is nobody."""
    if step is Step.MANAGER:
        return "the manager" if request.team.manager else ""
    if step is Step.ARBITERS:
        return ARBITERS if request.arbiters and request.arbiters.name != request.team.name else ""
    return the_team(request.team)


def the_team(team: Team) -> str:
    """ "the payments team"; a customer or third party by its name alone."""
    return f"the {team_words(team)}" if team.internal else team_words(team)


def team_called(name: str | None, request: Request) -> str:
    """ "the shop team" of that name; "nobody"."""
    if name is None:
        return "nobody"
    return the_team(request.promises.teams.get(name, Team(name)))


def called(team: Team | None) -> str:
    """A mention of a team's people with a space after it; nothing where Slack knows none."""
    mention = call_team(team)
    return f"{mention} " if mention else ""
