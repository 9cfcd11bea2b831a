"""An organisation to ask about: the payments team's objectives, measured for an hour before NOON."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from commands.ask import Ask
from domain.agreement import Agreement, AgreementKind
from domain.measurement import Measurement
from domain.method import Occurrences
from domain.minutes import minute_of
from domain.objective import Indicator, Objective, Service, Terms
from domain.team import Team, TeamKind
from domain.window import RollingWindow
from storage.store import Store

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FAILED = {"checkout-availability": 0, "checkout-latency": 1, "card-auth-availability": 5, "search-latency": 0}


@pytest.fixture
def organisation(sqlite_store: Store) -> Store:
    """Payments owns checkout and card-auth, promised to retail; search belongs to discovery; invoice has no data."""
    return founded(sqlite_store)


def founded(store: Store) -> Store:
    """With the organisation in it."""
    with store.transaction() as tx:
        tx.teams.save(
            [
                Team("payments", channel="#team-payments", members=("U0ANA",), manager="U0PAT"),
                Team("discovery", channel="C0DISCOVER", members=("U0BEN", "U0ANA")),
                Team("retail", TeamKind.CUSTOMER, channel="retail-levels"),
            ]
        )
        tx.services.save([Service("checkout"), Service("card-auth"), Service("search"), Service("invoice")])
        tx.agreements.save([Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail")])
        tx.objectives.save(
            [
                _objective("checkout-availability", "checkout", "payments", "checkout-sla"),
                _objective("checkout-latency", "checkout", "payments", "checkout-sla"),
                _objective("card-auth-availability", "card-auth", "payments"),
                _objective("invoice-availability", "invoice", None),
                _objective("search-latency", "search", "discovery"),
            ]
        )
    with store.transaction() as tx:
        tx.measurements.record(_last_hour(), at=NOON)
    return store


def _objective(name: str, service: str, owner: str | None, agreement: str | None = None) -> Objective:
    indicator = Indicator(name)
    terms = Terms(Fraction(99, 100), RollingWindow(days=1), Occurrences(), indicator, owner, agreement)
    return Objective(name, service, (terms,))


def _last_hour() -> list[tuple[str, Measurement]]:
    first = minute_of(NOON) - 60
    return [
        (name, Measurement(first + offset, 100 - failed, 100))
        for name, failed in FAILED.items()
        for offset in range(60)
    ]


def ask(text: str, *, person: str = "U0NOBODY", channel: str = "general", command: str = "/slm") -> Ask:
    """Somebody's ask in a channel, by its name or ID, at NOON."""
    is_id = channel.startswith("C0")
    return Ask(
        workspace="default",
        text=text,
        person=person,
        channel_id=channel if is_id else "C0" + channel.upper(),
        channel_name="hidden" if is_id else channel,
        at=NOON,
        command=command,
    )
