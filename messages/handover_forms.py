"""Forms that ask to which team an objective goes, and why."""

from collections.abc import Sequence

from domain.given_reason import MOST_REASON
from domain.team import Team
from messages.escaping import one_line, plain, shortened
from messages.form import Choice, Field, Form, Words
from messages.handover import EXAMPLE
from messages.parties import team_words

MOST_CHOICES = 100
LABEL = 60
"""Characters of a label: it may have 75, counted as Slack counts emoji."""


def handover_form(name: str, teams: Sequence[Team]) -> Form:
    """To whom, and why; both teams are asked then."""
    told = "A person of each team has to agree."
    return Form(
        "Hand over",
        f"handover {name}",
        [to_team(teams), reason("Both teams read it.")],
        "Propose",
        [f"*{plain(name)}*\n{told}"],
    )


def assign_form(name: str, teams: Sequence[Team]) -> Form:
    """To whom, and why; the team is asked to acknowledge it then."""
    told = "It is the team's at once, and it is asked to acknowledge it."
    return Form(
        "Assign",
        f"assign {name}",
        [to_team(teams), reason("The team reads it.")],
        "Assign",
        [f"*{plain(name)}*\n{told}"],
    )


def confirm_form(name: str, owner: Team) -> Form:
    """Why it stays where it was declined."""
    told = f"It stays with the {team_words(owner)}, which is asked to acknowledge it again."
    return Form(
        "Confirm", f"confirm {name}", [reason("The team reads it.")], "Confirm", [f"*{plain(name)}*\n{told}"]
    )


def to_team(teams: Sequence[Team]) -> Field:
    """One of the teams; its name typed where they are more than Slack lists, or none."""
    if not 0 < len(teams) <= MOST_CHOICES:
        return Words("Team", "to", most=63, short=True)
    return Choice("Team", [(_label(team), team.name) for team in teams], "to")


def reason(hint: str) -> Field:
    """Why."""
    return Words("Why", "because", optional=True, most=MOST_REASON, hint=hint)


def _label(team: Team) -> str:
    return shortened(one_line(team.display_name.strip() or team.name) or team.name, LABEL)


EXAMPLE_TEAMS = (EXAMPLE.taker, Team("discovery"), Team("data", display_name="Data platform"))
