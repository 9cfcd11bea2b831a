"""Which warning an ask means, and what is changed in it: saved, shown in its message, said in its thread."""

from dataclasses import replace

from commands.ask import Ask
from commands.meant import find_in
from domain.audit import Act
from domain.audit_action import Action
from domain.breach_warning import BreachWarning, number_in
from domain.lookup import Found, Kind, cleaned, objectives_of
from domain.refusal import Refusal
from domain.warned import Happening
from domain.warning_choice import NotOneWarning, about_any
from messages.warning_notices import said_of
from storage.transaction import Transaction


def warning_meant(tx: Transaction, name: str, ask: Ask) -> BreachWarning:
    """W-42, or the only open one about an objective, a service or a team. Raises `Refusal`."""
    number = number_in(name)
    if number is not None:
        return warning_numbered(tx, number, name)
    if not name:
        raise NotOneWarning("", name, tx.breach_warnings.open())
    found = find_in(tx, name, at=ask.at)
    meant = open_about(tx, found, ask)
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise NotOneWarning(f"{len(meant):,} warnings are open about {cleaned(found.name)}.", name, meant)
    raise Refusal(
        f"No warning is open about {cleaned(found.name)}.\n`{ask.command} warnings open` lists all that are."
    )


def warning_numbered(tx: Transaction, number: int, typed: str) -> BreachWarning:
    """W-`number`. Raises `Refusal`."""
    warning = tx.breach_warnings.by_number(number)
    if warning is None:
        raise NotOneWarning(f"There is no W-{number}.", typed, tx.breach_warnings.open())
    return warning


def open_about(tx: Transaction, found: Found, ask: Ask) -> list[BreachWarning]:
    """The open ones about what was found, by number; of a team those for its channel too."""
    names = objectives_of(found, tx.objectives.in_force(at=ask.at), tx.agreements.all(), at=ask.at)
    open_now = tx.breach_warnings.open()
    about = about_any(open_now, names)
    return [one for one in open_now if one in about or (found.kind is Kind.TEAM and one.team == found.name)]


def save_and_say(tx: Transaction, warning: BreachWarning, happening: Happening, ask: Ask) -> None:
    """Saves what somebody did. One that is still held back tells of it when it is said."""
    if warning.said_at is None:
        tx.breach_warnings.save(warning)
        return
    drawn = replace(warning, drawn_at=ask.at)
    tx.breach_warnings.save(drawn)
    said = said_of(tx.warned.of(drawn, at=ask.at), [happening], command=ask.command)
    tx.outbox.edit(drawn.key, said.content)
    for line in said.lines:
        tx.outbox.add(line)


def note_warning(tx: Transaction, action: Action, warning: BreachWarning, ask: Ask, **facts: str) -> None:
    """The audit trail of each of its objectives has it."""
    told = {"warning": warning.number, **facts}
    names = [one.objective for one in warning.open_episodes]
    tx.audit.note_all(Act(action, name, ask.person, ask.at, told) for name in names)
