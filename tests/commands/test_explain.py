"""`/slm explain NAME` on a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from commands.explain import explain
from commands.registry import answer
from domain.acknowledgement import Acknowledgement, Because
from domain.acknowledging import DEFAULT_ACKNOWLEDGING
from domain.calendars import Calendar
from domain.exclusion import Exclusion
from domain.team import Team
from messages.message import Message
from storage.store import Store
from tests.commands.conftest import NOON, ask
from tests.commands.open_warnings import warned


def parts(message: Message) -> str:
    return "\n".join(block["text"]["text"] for block in message.blocks if "text" in block)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "explain checkout-l",
            "checkout-latency: at risk. Attainment 99.00%, target 99%, 1 day.",
            id="an objective by its beginning",
        ),
        pytest.param(
            "explain checkout", "checkout service: 1 of 2 met, 1 at risk. Which one?", id="a service"
        ),
        pytest.param(
            "explain payments", "payments team: 1 of 3 met, 1 at risk, 1 breached. Which one?", id="a team"
        ),
        pytest.param("explain retail", "retail: 1 of 2 met, 1 at risk. Which one?", id="a customer"),
        pytest.param("explain invoice-a", "invoice-availability: no data. Target 99%, 1 day.", id="no data"),
        pytest.param(
            "explain check", 'Two fit "check": checkout-availability, checkout-latency. Which one?', id="two"
        ),
    ],
)
def test_a_name_is_an_objective_a_service_or_a_team(text: str, told: str, organisation: Store) -> None:
    assert answer(ask(text), organisation).text == told


def test_without_a_name_this_channels_team_is_meant(organisation: Store) -> None:
    told = explain(ask("explain", channel="team-payments"), organisation).text
    assert told == "payments team: 1 of 3 met, 1 at risk, 1 breached. Which one?"


def test_the_spells_of_the_figure_are_told(organisation: Store) -> None:
    told = parts(explain(ask("explain card-auth-a"), organisation))
    assert "24 Nov 11:00–12:00   300" in told
    assert "measured                       60" in told
    assert "Owner: payments team" in told


def test_nobody_owns_some(organisation: Store) -> None:
    assert "Owner: nobody" in parts(explain(ask("explain invoice-a"), organisation))


def test_times_are_those_of_the_channels_team(organisation: Store) -> None:
    with organisation.transaction() as tx:
        tx.teams.save([Team("payments", channel="#team-payments", timezone="Asia/Kathmandu")])
    told = parts(explain(ask("explain card-auth-a", channel="team-payments"), organisation))
    assert "24 Nov 16:45–17:45   300" in told


def test_planned_work_is_named_and_what_lies_ahead_is_not(organisation: Store) -> None:
    works = [
        Exclusion(
            name,
            (NOON + timedelta(minutes=ahead),),
            timedelta(minutes=15),
            f"work {name}",
            NOON,
            (),
            ("checkout",),
        )
        for name, ahead in (("done", -60), ("begun", -10), ("ahead", 5))
    ]
    with organisation.transaction() as tx, tx.measurements.recounted():
        tx.calendars.save([Calendar("weekdays")])
        tx.exclusions.save(works)
    told = parts(explain(ask("explain checkout-l"), organisation))
    assert "work done: 15 min\n  planned work: done, announced 24 Nov" in told
    assert "work begun: 10 min" in told
    assert "work ahead" not in told
    assert "less planned work              25" in told
    later = replace(ask("explain checkout-l"), at=NOON + timedelta(days=3))
    assert "Nothing: every minute counts." in parts(explain(later, organisation))


def test_an_agreement_that_ended_on_the_providers_date_is_told_so(organisation: Store) -> None:
    with organisation.transaction() as tx:
        (sla,) = tx.agreements.all()
        tx.agreements.save([replace(sla, effective_until=NOON.date())])
    assert (
        "SLA checkout-sla: payments to retail\n"
        in parts(explain(ask("explain checkout-l"), organisation)) + "\n"
    )
    with organisation.transaction() as tx:
        tx.teams.save([Team("payments", timezone="Pacific/Kiritimati")])
    told = parts(explain(ask("explain checkout-l"), organisation))
    assert "SLA checkout-sla: payments to retail (ended 24 Nov)" in told


def test_the_warning_of_a_spell_stands_beside_it(organisation: Store) -> None:
    warned(organisation)
    blocks = answer(ask("explain card-auth-a"), organisation).blocks
    assert "24 Nov 11:00–12:00   300   500%  W-42\n" in str(blocks[3]["text"]["text"])


def test_what_stands_under_it_and_who_acknowledged_it(organisation: Store) -> None:
    with organisation.transaction() as tx:
        [search] = (one for one in tx.objectives.all() if one.name == "search-latency")
        tx.objectives.save([replace(search, supports=("checkout-latency",))])
        asked = Acknowledgement(
            "checkout-latency", "payments", 1, "", Because.NEW, NOON, due_at=NOON, missing_from=NOON
        )
        tx.acknowledgements.add([asked])
    told = parts(explain(ask("explain checkout-l"), organisation))
    assert "Owner: payments team\nnot acknowledged yet: payments, by Tue 24 Nov\nSLA" in told
    assert (
        "*8 What stands under it*\nsearch-latency 99%\nguarantees 99.00%: no room for failures of our own"
        in told
    )
    with organisation.transaction() as tx:
        [saved] = tx.acknowledgements.of("checkout-latency")
        kept = saved.acknowledge(
            by="U0ANA", at=NOON, acknowledging=DEFAULT_ACKNOWLEDGING, calendar=Calendar("")
        )
        tx.acknowledgements.save([kept])
    told = parts(explain(ask("explain checkout-l"), organisation))
    assert "Owner: payments team\nacknowledged by <@U0ANA>, 24 Nov 2026\nSLA" in told


def test_nothing_stands_under_it(organisation: Store) -> None:
    told = parts(explain(ask("explain search-l"), organisation))
    assert "*8 What stands under it*\nNothing that Steward knows of." in told
