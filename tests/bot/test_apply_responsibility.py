"""`steward plan` and `apply` about who answers: what they tell and refuse, and what no `--prune` ever deletes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli import main
from domain.acknowledgement import Acknowledgement, Because
from domain.handover import Handover
from domain.measurement import Measurement
from domain.minutes import minute_of
from domain.slack_change import SlackChange
from storage.engine import open_engine
from storage.store import Store
from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.fakes.surroundings import Surroundings

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = AT + timedelta(days=1)
SHOP = TEAM.replace("payments", "shop").replace("Payments", "Shop")
ROLES = "steward/owner: payments, steward/consulted: shop"
CHECKOUT = slo("checkout", "0.999").replace("steward/owner: payments", ROLES)
FILES = file_of(TEAM, SHOP, SERVICE, CHECKOUT, slo("payout", "0.99"))


@pytest.fixture
def known(database: Path, surroundings: Surroundings) -> Iterator[Store]:
    surroundings.write("all.yaml", FILES)
    assert main(["apply", "all.yaml", "--at", AT.isoformat()]) == 0
    engine = open_engine(f"sqlite:///{database}")
    yield Store(engine)
    engine.dispose()


def hand_over(store: Store) -> None:
    """The checkout goes to the shop team, in Slack."""
    with store.transaction() as tx, tx.measurements.recounted():
        one = next(each for each in tx.objectives.all() if each.name == "checkout")
        terms = replace(one.versions[0], owner="shop", version=2, since=LATER)
        mark = SlackChange("owner", "U0A1", LATER)
        tx.objectives.save([replace(one, versions=(*one.versions, terms), slack_changes=(mark,))])


def at(days: int) -> list[str]:
    return ["--at", (AT + timedelta(days=days)).isoformat()]


def test_plan_tells_whom_it_asks(
    known: Store, surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    more = slo("refunds", "0.9", owner="shop")
    surroundings.write("all.yaml", file_of(FILES.replace("0.999", "0.9995"), more))
    assert main(["plan", "all.yaml", *at(1)]) == 0
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "✍ payments must acknowledge 1 again: checkout",
        "✍ shop must acknowledge 1 new: refunds",
        "1 to create, 1 to update.",
    ]


def test_a_hand_over_is_not_undone_with_anything_else(
    known: Store, surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_over(known)
    surroundings.write("all.yaml", FILES.replace("0.99}", "0.95}"))
    assert main(["plan", "all.yaml", *at(2)]) == 0
    undone = "! undoes what U0A1 changed in Slack, 2026-11-24 09:00 UTC: owner of objective checkout"
    assert f"{undone}, and needs --overwrite" in capsys.readouterr().out
    assert main(["apply", "all.yaml", *at(2)]) == 1
    assert "the owner of objective `checkout` (U0A1, 2026-11-24 09:00 UTC)" in capsys.readouterr().err
    with known.read() as tx:
        assert {one.name: len(one.versions) for one in tx.objectives.all()} == {"checkout": 2, "payout": 1}
    assert main(["apply", "all.yaml", "--overwrite", *at(2)]) == 0
    with known.read() as tx:
        checkout, payout = tx.objectives.all()
    assert [terms.owner for terms in checkout.versions] == ["payments", "shop", "payments"]
    assert checkout.slack_changes == ()
    assert len(payout.versions) == 2


def test_files_that_agree_take_the_mark_away(
    known: Store, surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_over(known)
    surroundings.write("all.yaml", FILES.replace(ROLES, "steward/owner: shop"))
    with known.transaction() as tx, tx.measurements.recounted():
        checkout = next(each for each in tx.objectives.all() if each.name == "checkout")
        tx.objectives.save([replace(checkout, roles=())])
    capsys.readouterr()
    assert main(["apply", "all.yaml", *at(2)]) == 0
    assert capsys.readouterr().out == "Nothing to change.\n"
    with known.read() as tx:
        assert all(one.slack_changes == () for one in tx.objectives.all())
    assert main(["apply", "all.yaml", "--check", *at(2)]) == 0


def asked(name: str) -> Acknowledgement:
    return Acknowledgement(name, "payments", 1, "", Because.NEW, AT, LATER, AT)


def rows(store: Store) -> dict[str, int]:
    """Of the tables that nothing may be deleted from."""
    with store.read() as tx:
        counted = {
            name: tx.connection.scalar(text(f"SELECT count(*) FROM {name}"))  # noqa: S608
            for name in (
                "terms",
                "acknowledgement",
                "handover",
                "measured_hour",
                "measured_minute",
                "counted_hour",
            )
        }
    assert counted["measured_minute"] + counted["measured_hour"]
    return counted


def test_prune_deletes_no_history(known: Store, surroundings: Surroundings) -> None:
    measured = Measurement(minute_of(AT - timedelta(hours=1)), 9, 10)
    with known.transaction() as tx:
        tx.acknowledgements.add([asked("checkout")])
        tx.handovers.add(Handover("checkout", 1, "payments", "shop", "U0A1", AT))
        tx.measurements.record([("checkout", measured)], at=AT)
    before = rows(known)
    surroundings.write("all.yaml", file_of(TEAM, SERVICE, slo("payout", "0.99")))
    assert main(["apply", "all.yaml", "--prune", *at(1)]) == 0
    with known.read() as tx:
        checkout = tx.objectives.with_retired()[0]
        assert (checkout.name, checkout.retired_at) == ("checkout", LATER)
        assert [each.team for each in checkout.roles] == ["shop"]
        assert [each.name for each in tx.teams.all()] == ["payments", "shop"]
        assert len(tx.acknowledgements.of("checkout")) == 1
        assert len(tx.handovers.of("checkout")) == 1
    assert rows(known) == before
    surroundings.write("all.yaml", FILES)
    assert main(["apply", "all.yaml", *at(2)]) == 0
    with known.read() as tx:
        assert next(iter(tx.objectives.all())) == replace(checkout, retired_at=None)
