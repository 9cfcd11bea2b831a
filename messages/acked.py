"""Small answers about a warning: somebody has it, hands it back, snoozes it, or there is nothing to do."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.breach_warning import BreachWarning, Taken
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.warning_choice import about
from messages.amounts import age
from messages.asking import ask_button
from messages.blocks import Block, actions, section
from messages.dates import Dates
from messages.escaping import plain
from messages.form import Form, Words
from messages.message import Message
from messages.planned import person_words
from messages.warning_times import moment

TIME = re.compile(r"<!date[^|<>]*\|([^<>]*)>")
"""A time on the reader's clock, which a lock screen does not show as one."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A warning as somebody left it at `at`; days are those of `zone`."""

    warning: BreachWarning
    at: datetime
    zone: str = "UTC"


def acknowledged(facts: Answered) -> Message:
    """To whoever has it now."""
    name = facts.warning.name
    return _answer(f"You have {_which(facts)}:\nnobody else is asked.", _hand_back(name), _show(name))


def handed_back(facts: Answered) -> Message:
    """To whoever handed it back."""
    name = facts.warning.name
    return _answer(f"Nobody has {_which(facts)}\nany more.", _acknowledge(name), _show(name))


def snoozed(facts: Answered) -> Message:
    """To whoever snoozed it: until when."""
    warning, dates = facts.warning, Dates(facts.at, facts.zone)
    until = snoozed_words(warning, dates)
    ends = "Nobody is asked until then." if warning.is_urgent else "It ends sooner if it gets urgent."
    return _answer(f"{_which(facts)}\nis {until}.\n{ends}", _acknowledge(warning.name), _show(warning.name))


def snooze_form(warning: BreachWarning) -> Form:
    """Until when it is to be snoozed."""
    until = Words(
        "Until when",
        prefix="until",
        most=60,
        hint="For example 16:00, tomorrow 08:30, sat 10:00, digest, or 3h. At most 7 days.",
        short=True,
    )
    ends = "" if warning.is_urgent else "It ends sooner if it gets urgent."
    line = f"*{plain(about(warning))}*\nNobody is asked because of it until then. {ends}".rstrip()
    return Form(f"Snooze {warning.name}", f"snooze {warning.name}", [until], "Snooze", [line])


def is_taken(taken: Taken, *, by: str, at: datetime) -> Message:
    """To whoever came second, or presses twice."""
    name = taken.warning
    if taken.by == by:
        return _answer(f"You have {name} already.\nNothing to do.", _hand_back(name), _show(name))
    minutes = int((at - taken.since).total_seconds()) // 60
    ago = f"{age(minutes)} ago" if minutes > 0 else "just now"
    return _answer(f"{person_words(taken.by)} acknowledged {name} {ago}.\nNothing to do.", _show(name))


def is_over(facts: Answered) -> Message:
    """To whoever comes too late."""
    name, over_at = facts.warning.name, facts.warning.resolved_at
    since = f" since {Dates(facts.at, facts.zone).since(over_at)}" if over_at else ""
    return _answer(f"{name} is over{since}.\nNothing to do.", _show(name))


def snoozed_words(warning: BreachWarning, dates: Dates) -> str:
    """ "snoozed until 15:00", "snoozed until Wed 09:00"."""
    return f"snoozed until {moment(warning.snoozed_until or dates.at, dates)}"


def _which(facts: Answered) -> str:
    """ "W-42 (checkout-availability)"."""
    return f"{facts.warning.name} ({plain(about(facts.warning))})"


def _answer(text: str, *buttons: Block) -> Message:
    read = TIME.sub(r"\1", text)
    return Message(" ".join(read.split()), (section(text), actions(*buttons)))


def _acknowledge(name: str) -> Block:
    return ask_button("Acknowledge", f"ack {name}")


def _hand_back(name: str) -> Block:
    return ask_button("Hand back", f"ack {name} back")


def _show(name: str) -> Block:
    return ask_button(f"Show {name}", f"warnings {name}")


def _example() -> BreachWarning:
    """W-42, which @ana has."""
    opened = datetime(2026, 11, 23, 12, 59, tzinfo=UTC)
    episode = Episode("checkout-availability", WarningKind.BURN, Severity.PAGE, opened, opened)
    return BreachWarning(
        number=42,
        kind=WarningKind.BURN,
        team="payments",
        channel="#team-payments",
        service="checkout",
        opened_at=opened,
        episodes=(episode,),
        said_at=opened,
        drawn_at=opened,
        acknowledged_by="U0ANA",
        acknowledged_at=opened + timedelta(minutes=3),
        snoozed_by="U0ANA",
        snoozed_until=opened + timedelta(hours=1, minutes=3),
        urgent_at=opened,
    )


EXAMPLE = Answered(_example(), datetime(2026, 11, 23, 13, 2, tzinfo=UTC), "Europe/Berlin")
