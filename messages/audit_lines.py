"""The audit trail in words: under an objective's history, and for a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from domain.audit import FILES, OPERATOR, Act, instant
from domain.audit_action import Action
from domain.definition_words import instant_words
from domain.person import called
from messages.audit_words import SAID, WORDS
from messages.blocks import Block, section
from messages.dates import Dates
from messages.escaping import one_line, plain, shortened
from messages.example import NINE
from messages.planned import person_words

TITLE = "*What was done*"
MOST = 8
LINE = 50
SHORTEST = 12
"""Characters of a reason below which it is left out."""
BY_FILES = {FILES: "a file", OPERATOR: "an operator", None: "Steward"}
OF_CHANGES = (Action.CREATED, Action.CHANGED, Action.RESTORED)
"""What these are is in their words."""
OF_A_CHANGE = 60
FACT = 30


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about an objective: the newest first, and how many more there are."""

    name: str
    acts: Sequence[Act] = ()
    more: int = 0


def done_section(done: Done, dates: Dates) -> list[Block]:
    """A line an act, for people who may read all."""
    if not done.acts:
        return []
    rest = f"… {done.more:,} more: `steward audit list {plain(done.name)}`"
    return [section(TITLE, *(_line(act, dates) for act in done.acts), *([rest] if done.more else []))]


def act_text(number: int, act: Act) -> str:
    """One line for a terminal: "12  2026-11-20 09:00  U0ANA acknowledged it (version 4)  checkout-availability"."""
    by = BY_FILES.get(act.by) or called(act.by or "")
    words = one_line(str(act.facts.get("words") or ""))
    said = f"{by} {_did(act)}" + (f": {words}" if words else "")
    return f"{number:>6}  {instant_words(act.at)}  {one_line(act.subject)}  {one_line(said)}"


def act_json(number: int, act: Act) -> dict[str, Any]:
    """The same for machines, with all facts."""
    return {
        "number": number,
        "at": instant(act.at),
        "by": act.by,
        "action": str(act.action),
        "subject": act.subject,
        "facts": dict(act.facts),
    }


def _line(act: Act, dates: Dates) -> str:
    """ "20 Nov · @ana acknowledged it (version 4)"."""
    by = BY_FILES.get(act.by) or person_words(act.by or "")
    line = f"{dates.short(dates.local(act.at).date())} · {by} {plain(_did(act))}"
    words = str(act.facts.get("words") or "")
    room = OF_A_CHANGE if act.action in OF_CHANGES else LINE - len(line) - 2
    return f"{line}: {plain(words, room)}" if words and room >= SHORTEST else line


def _did(act: Act) -> str:
    """ "acknowledged it (version 4)"; of an act that only another Steward knows its own word."""
    if not isinstance(act.action, Action):
        return str(act.action)
    said, names = WORDS[act.action]
    known = [(name, act.facts[name]) for name in names if act.facts.get(name) is not None]
    facts = [shortened(SAID.get(name, "{}").format(value), FACT) for name, value in known]
    return f"{said} ({', '.join(facts)})" if facts else said


def _example() -> Done:
    """From its definition to a ruling."""
    day = timedelta(days=1)
    name = "checkout-availability"
    return Done(
        name,
        (
            Act(Action.RULED, name, "U0EVA", NINE - day, {"dispute": 17, "outcome": "upheld in part"}),
            Act(Action.DISPUTED, name, "U0ANA", NINE - 3 * day, {"dispute": 17, "ground": "planned-work"}),
            Act(Action.WARNING_TAKEN, name, "U0ANA", NINE - 4 * day, {"warning": 42}),
            Act(Action.ACKNOWLEDGED, name, "erased-P3", NINE - 9 * day, {"version": 2}),
            Act(
                Action.CHANGED, name, FILES, NINE - 9 * day, {"version": 2, "words": "target 99.95% → 99.9%"}
            ),
            Act(Action.CLOSED, name, None, NINE - 20 * day, {"period": "October 2026"}),
        ),
        12,
    )


EXAMPLE = _example()
