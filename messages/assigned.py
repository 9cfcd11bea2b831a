"""What is said where service level managers assign an objective to a team, or confirm it with its owner."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.team import Team
from messages.asking import ask_button, askable
from messages.blocks import Block, actions, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import NINE, PAYMENTS
from messages.handover import SHOP, when_words
from messages.message import Message
from messages.parties import team_words
from messages.planned import person_words, quoted_reason
from messages.undelivered import channel_words


@dataclass(frozen=True, slots=True)
class Assigned:
    """That `by` gave an objective to `team`; `former` had it, None where nobody had. `asked`: to acknowledge it."""

    objective: str
    team: Team
    former: Team | None
    by: str
    at: datetime
    words: str = ""
    asked: bool = True


def assigned(facts: Assigned) -> Message:
    """To whoever assigned it."""
    lines = [f"{plain(facts.objective)} is the {team_words(facts.team)}'s now.", *_asked(facts)]
    return _answer(lines, facts)


def confirmed(facts: Assigned) -> Message:
    """To whoever confirmed it."""
    return _answer(
        [f"{plain(facts.objective)} stays with the {team_words(facts.team)}.", *_asked(facts)], facts
    )


def assigned_message(facts: Assigned, *, command: str = "/slm") -> Message:
    """To the team that had it."""
    name, team = plain(facts.objective), team_words(facts.team)
    former = team_words(facts.former) if facts.former else "nobody"
    dates = Dates(facts.at, facts.former.timezone if facts.former else "UTC")
    lines = [
        f"☑️ *{name}* · the {team}'s now",
        f"Assigned by {person_words(facts.by)}, {when_words(facts.at, dates)}",
        *([quoted_reason(facts.words)] if facts.words else []),
        f"What was measured before stays the {former}'s.",
        f"Who answers: `{command} who {name}`",
    ]
    return Message(f"{name} is the {team}'s now, no longer the {former}'s", (section(*lines),))


def _asked(facts: Assigned) -> list[str]:
    if not facts.asked:
        return ["Nobody has to acknowledge it: its agreement is not in effect."]
    where = f" in {channel_words(facts.team.channel)}" if facts.team.channel else ""
    return [f"They are asked to acknowledge it{where}."]


def _answer(lines: list[str], facts: Assigned) -> Message:
    who = f"who {facts.objective}"
    buttons: list[Block] = [actions(ask_button("Who answers", who))] if askable(who) else []
    return Message(" ".join(lines), (section(*lines), *buttons))


EXAMPLE = Assigned("checkout-availability", SHOP, PAYMENTS, "U0EVA1234", NINE, "It moved with the checkout.")
EXAMPLE_CONFIRMED = replace(EXAMPLE, team=PAYMENTS)
