"""Warnings to ask about in tests: as the live job leaves them, each with its message in the outbox."""

from dataclasses import replace
from datetime import datetime, timedelta

from commands.ask import Ask
from commands.registry import answer
from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.notice import Content, Notice
from messages.message import Message
from storage.store import Store
from tests.commands.conftest import NOON, ask

POSTED = Content("as posted")
OPENED = NOON - timedelta(minutes=30)


def warning(
    number: int,
    *names: str,
    kind: WarningKind = WarningKind.BURN,
    severity: Severity = Severity.PAGE,
    team: str | None = "payments",
) -> BreachWarning:
    """Open for half an hour at NOON, about these objectives."""
    parts = tuple(Episode(name, kind, severity, OPENED, OPENED) for name in names)
    return BreachWarning(
        number=number,
        kind=kind,
        team=team,
        channel=f"#team-{team}" if team else "",
        service=names[0].rpartition("-")[0],
        opened_at=OPENED,
        episodes=parts,
        said_at=OPENED if team else None,
        drawn_at=OPENED if team else None,
        urgent_at=OPENED if severity is Severity.PAGE else None,
    )


def over(one: BreachWarning, at: datetime) -> BreachWarning:
    """The same, over."""
    return replace(one, episodes=tuple(replace(part, resolved_at=at) for part in one.episodes))


def open_warnings(store: Store, *warnings: BreachWarning) -> Store:
    """Saves them; what was said of them stands in the outbox."""
    with store.transaction() as tx:
        tx.breach_warnings.lock()
        for one in warnings:
            tx.breach_warnings.save(one)
            if one.said_at:
                tx.outbox.add(Notice(one.key, one.channel, POSTED, one.said_at, team=one.team))
    return store


def warned(store: Store) -> Store:
    """W-42 about card-auth is urgent, W-43 about checkout's latency can wait, W-40 about the other is over."""
    return open_warnings(
        store,
        over(warning(40, "checkout-availability"), NOON - timedelta(minutes=10)),
        warning(42, "card-auth-availability"),
        warning(43, "checkout-latency", severity=Severity.TICKET),
    )


def saved(store: Store, number: int) -> BreachWarning:
    """As it is stored."""
    with store.read() as tx:
        found = tx.breach_warnings.by_number(number)
    assert found is not None
    return found


def notice(store: Store, key: str) -> Notice:
    """What is said under that key."""
    with store.read() as tx:
        found = tx.outbox.by_key(key)
    assert found is not None
    return found


def said_in_thread(store: Store, number: int) -> list[str]:
    """The lines of a warning's thread."""
    with store.read() as tx:
        return [one.content.text for one in tx.outbox.all() if one.thread == f"warning:{number}"]


def asked(store: Store, text: str, *, person: str = "U0ANA", **where: str) -> Message:
    """What is answered."""
    return answer(ask(text, person=person, **where), store)


def later(text: str, person: str, minutes: int) -> Ask:
    """An ask some minutes after NOON."""
    one = ask(text, person=person)
    return replace(one, at=one.at + timedelta(minutes=minutes))


def buttons(message: Message) -> list[tuple[str, str]]:
    """Labels, each with what is asked."""
    elements = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    return [(one["text"]["text"], one["value"]) for one in elements if one["type"] == "button"]
