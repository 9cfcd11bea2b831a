"""User groups as they were looked up: kept, replaced, forgotten, each workspace its own."""

from datetime import UTC, datetime

from domain.usergroup import Usergroup
from storage.store import Store

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAY = Usergroup("S0PAY", ("U0ANA", "U0BEN"), NOON, "missing_scope")
SHOP = Usergroup("S0SHOP", (), NOON)


def test_a_round_trip(store: Store) -> None:
    with store.transaction() as tx:
        tx.usergroups.save([SHOP, PAY])
    with store.read() as tx:
        assert tx.usergroups.looked_up() == [PAY, SHOP]
        assert tx.usergroups.all() == {"S0PAY": ("U0ANA", "U0BEN"), "S0SHOP": ()}


def test_saved_again_it_is_replaced_and_removed_it_is_gone(store: Store) -> None:
    later = Usergroup("S0PAY", ("U0EVA",), NOON)
    with store.transaction() as tx:
        tx.usergroups.save([PAY, SHOP])
        tx.usergroups.save([later])
        tx.usergroups.remove(["S0SHOP"])
        assert tx.usergroups.looked_up() == [later]


def test_of_one_workspace(store: Store) -> None:
    store.ensure_workspace("other")
    with store.transaction() as tx:
        tx.usergroups.save([PAY])
    with store.transaction("other") as tx:
        assert tx.usergroups.looked_up() == []
        tx.usergroups.remove(["S0PAY"])
    with store.read() as tx:
        assert tx.usergroups.looked_up() == [PAY]
