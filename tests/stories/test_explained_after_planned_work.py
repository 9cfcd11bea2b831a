"""Planned work, done while all failed: the figure leaves it out and says so; work announced too late it keeps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from commands.registry import answer
from domain.agreement import Agreement, AgreementKind
from domain.exclusion import Exclusion
from domain.team import Team, TeamKind
from domain.time_limit import LimitUnit, TimeLimit
from messages.message import Message
from storage.store import Store
from tests.commands.conftest import ask
from tests.fakes.organisation import measure, objective, organise, team

NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)  # in Berlin
CHECKOUT = "checkout-availability"
NIGHT = NINE - timedelta(hours=8)


def test_explained_after_planned_work(store: Store) -> None:
    promised(store)
    measure(store, CHECKOUT, since=NINE - timedelta(days=2), until=NIGHT)
    measure(store, CHECKOUT, since=NIGHT, until=NINE, bad=90)
    before = explained(store)
    assert "24 Nov 01:00–02:30 90 3,125%" in before
    assert "bad 90 " in before

    announce(store, "upgrade", days_ahead=7)
    after = explained(store)
    assert (
        "• Tue 24 Nov `01:00–02:00`, upgrade: 60 min\n  planned work: upgrade, announced 17 Nov by <@U0BEN>\n•"
        not in after
    )
    assert (
        "• Tue 24 Nov `01:00–02:00`, upgrade: 60 min planned work: upgrade, announced 17 Nov by <@U0BEN> *6"
        in after
    )
    assert "24 Nov 02:00–02:30 30 1,064%" in after
    assert "bad 30 " in after
    assert "less planned work 60 " in after

    withdraw(store, "upgrade")
    announce(store, "hasty", days_ahead=1)
    late = explained(store)
    assert "*It counts*: announced too late; 5 working days ahead are agreed" in late
    assert "bad 90 " in late
    assert "less planned work" not in late


def promised(store: Store) -> None:
    """Payments promises the checkout to retail, and planned work five working days ahead."""
    made = objective(CHECKOUT, "payments")
    terms = replace(made.versions[0], agreement="checkout-sla")
    retail = Team("retail", TeamKind.CUSTOMER)
    notice = TimeLimit(5, LimitUnit.WORKING_DAYS)
    agreement = Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail", maintenance_notice=notice)
    organise(store, [team("payments"), retail])
    with store.transaction() as tx:
        tx.agreements.save([agreement])
    organise(store, [], [replace(made, versions=(terms,))])


def announce(store: Store, name: str, *, days_ahead: int) -> None:
    """Work on the checkout in the first hour of the night, announced so many days before."""
    work = Exclusion(
        name,
        (NIGHT,),
        timedelta(hours=1),
        name,
        NIGHT - timedelta(days=days_ahead),
        (CHECKOUT,),
        author="U0BEN",
    )
    with store.transaction() as tx, tx.measurements.recounted():
        tx.exclusions.save([work])


def withdraw(store: Store, name: str) -> None:
    with store.transaction() as tx, tx.measurements.recounted():
        tx.exclusions.remove([name])


def explained(store: Store) -> str:
    asked = replace(ask(f"explain {CHECKOUT}", channel="payments"), at=NINE)
    return texts(answer(asked, store))


def texts(message: Message) -> str:
    """All that it says, with single spaces."""
    return " ".join(" ".join(block["text"]["text"] for block in message.blocks if "text" in block).split())
