"""Asking about planned work in tests."""

from dataclasses import replace
from datetime import timedelta

import pytest

from commands.ask import Ask
from commands.maintenance import maintenance
from domain.agreement import Agreement, AgreementKind
from domain.exclusion import Exclusion
from domain.notice import Notice
from domain.refusal import Refusal
from domain.team import Team, TeamKind
from domain.time_limit import LimitUnit, TimeLimit
from messages.message import Message
from storage.store import Store
from tests.commands.conftest import ask

SATURDAY_NIGHT = "from sat 22:00 to 02:00 because database upgrade"
BERLIN = "Europe/Berlin"
HOUR = timedelta(hours=1)


def owing_notice(organisation: Store) -> Store:
    """Payments is in Berlin and owes retail 5 working days of notice; slm arbitrates."""
    with organisation.transaction() as tx:
        tx.teams.save(
            [
                Team(
                    "payments", channel="team-payments", members=("U0ANA",), manager="U0PAT", timezone=BERLIN
                ),
                Team("slm", channel="slm", members=("U0EVA",), arbitrates=True),
                Team("retail", TeamKind.CUSTOMER, channel="retail-levels", timezone="Europe/London"),
            ]
        )
        five = TimeLimit(5, LimitUnit.WORKING_DAYS)
        tx.agreements.save(
            [Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail", maintenance_notice=five)]
        )
    return organisation


def said(text: str, store: Store, **where: str) -> str:
    return shown(maintenance(ask(f"maintenance {text}".strip(), **{"person": "U0ANA", **where}), store))


def shown(message: Message) -> str:
    return "\n".join((block.get("text") or block["elements"][0])["text"] for block in message.blocks)


def refused(text: str, store: Store, **where: str) -> str:
    with pytest.raises(Refusal) as refusal:
        said(text, store, **where)
    return str(refusal.value)


def later(asked: Ask, **by: float) -> Ask:
    return replace(asked, at=asked.at + timedelta(**by))


def exclusions(store: Store) -> list[Exclusion]:
    with store.read() as tx:
        return tx.exclusions.all()


def notices(store: Store) -> list[Notice]:
    with store.read() as tx:
        return tx.outbox.all()
