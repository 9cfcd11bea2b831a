"""What whoever takes a step in a dispute is told."""

from collections.abc import Sequence

from domain.dispute import Action, DisputeStage
from domain.dispute_told import DisputeTold
from messages.asking import ask_button
from messages.blocks import actions, section
from messages.dates import Dates
from messages.dispute_words import by_words, figure_lines, outcome_words, people_words, whose
from messages.escaping import plain
from messages.message import Message
from messages.parties import team_words

MOST_NAMED = 5


def raised(told: DisputeTold, able: Sequence[str]) -> Message:
    """To whoever raised it: its number, what success would change, whose turn it is."""
    one = told.dispute
    due = f", {by_words(one.due_at, _dates(told))}" if one.due_at else ""
    who = f" ({people_words(able[:MOST_NAMED])})" if able else ""
    lines = [
        f"⚖️ {one.called}: {plain(one.objective)} is contested.",
        f"*{whose(team_words(told.counterpart))} turn*{due}{who}.",
    ]
    if not (told.counterpart.channel or able):
        lines.append("They cannot answer in Slack: a service level manager\nwrites their answer down.")
    figures = figure_lines(told)
    return _told(told, lines, [figures] if figures else [])


def joined(told: DisputeTold) -> Message:
    """To a second team."""
    one = told.dispute
    return _told(told, [f"⚖️ These minutes are in dispute already.\nYour team joined {one.called}."])


def answered(told: DisputeTold, action: Action) -> Message:
    """To whoever answered: what follows."""
    one = told.dispute
    figures = figure_lines(told)
    match action:
        case Action.ADD:
            lines = [f"Added to the record of {one.called}."]
        case Action.PROPOSE:
            lines = [f"Proposed. {team_words(told.raiser)} answers."]
        case Action.CONTEST | Action.REFUSE:
            lines = [f"{one.called} goes to an arbiter.", _arbiter(told)]
        case _:
            lines = [f"✅ {one.called} is settled."]
    shown = [figures] if figures and one.stage is DisputeStage.SETTLED else []
    return _told(told, lines, shown)


def withdrawn(told: DisputeTold) -> Message:
    """To whoever took it back."""
    return _told(told, [f"{told.dispute.called} is withdrawn. Nothing changes."])


def ruled(told: DisputeTold) -> Message:
    """To the arbiter."""
    one, ruling = told.dispute, told.ruling
    outcome = outcome_words(one, ruling) if ruling else "Ruled"
    due = f"Who lost can appeal {by_words(one.due_at, _dates(told))}." if one.due_at else "It is final."
    figures = figure_lines(told)
    return _told(told, [f"⚖️ {one.called}: {outcome}.", due], [figures] if figures else [])


def appealed(told: DisputeTold) -> Message:
    """To who lost."""
    first = "The first ruling holds until then; the next one is final."
    return _told(told, [f"⚖️ {told.dispute.called} goes to another arbiter.", _arbiter(told), first])


def reassigned(told: DisputeTold) -> Message:
    """To the service level manager who gave it to another one."""
    return _told(told, [f"{told.dispute.called}: {_arbiter(told)}"])


def _arbiter(told: DisputeTold) -> str:
    one = told.dispute
    if one.arbiter is None:
        return "Nobody neutral can rule: tell a service level manager."
    due = f", {by_words(one.due_at, _dates(told))}" if one.due_at else ""
    return f"It is the turn of {people_words([one.arbiter])}{due}."


def _told(told: DisputeTold, lines: Sequence[str], more: Sequence[str] = ()) -> Message:
    show = actions(ask_button(f"Show {told.dispute.called}", f"show {told.dispute.called}"))
    text = lines[0].removeprefix("⚖️ ").removeprefix("✅ ")
    return Message(text, (section(*lines), *map(section, more), show))


def _dates(told: DisputeTold) -> Dates:
    return Dates(told.at, told.reader.timezone)
