"""All that was asked about several objectives, read at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.acknowledgement import Acknowledgement, Because, Stage
from storage.store import Store
from tests.fakes.organisation import objective, organise, team

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_oldest_first_and_only_of_those_named(store: Store) -> None:
    organise(store, [team("shop")], [objective(name, "shop") for name in ("cart", "checkout", "wallet")])
    first = Acknowledgement(
        "cart", "shop", 1, "", Because.NEW, NOON, due_at=NOON, missing_from=NOON, stage=Stage.SUPERSEDED
    )
    second = replace(first, because=Because.TERMS, asked_at=NOON + timedelta(days=1), stage=Stage.OPEN)
    with store.transaction() as tx:
        tx.acknowledgements.add([replace(first, objective=name) for name in ("cart", "checkout", "wallet")])
        tx.acknowledgements.add([second])
    with store.read() as tx:
        found = tx.acknowledgements.of_each(["cart", "checkout"])
        assert sorted(found) == ["cart", "checkout"]
        assert [one.because for one in found["cart"]][-2:] == [Because.NEW, Because.TERMS]
        assert found == {name: tx.acknowledgements.of(name) for name in found}
        assert tx.acknowledgements.of_each([]) == {}
