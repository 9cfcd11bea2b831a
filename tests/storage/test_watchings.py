"""How an objective is watched is saved with it, and what is by default takes no room."""

from dataclasses import fields, replace
from fractions import Fraction

import pytest

from domain.burn import BurnCondition, Severity
from domain.watching import DEFAULT_WATCHING, Watching
from storage.store import Store
from storage.watchings import watching_from_json, watching_to_json
from tests.fakes.organisation import objective, organise

FAST = BurnCondition(Severity.PAGE, Fraction("14.4"), (60, 5), inclusive=True, after=5)
SLOW = BurnCondition(Severity.TICKET, Fraction(14, 15), (4320,))
WATCHING = Watching((FAST, SLOW), silent=False, warn_at=Fraction("0.725"))


def test_every_field_of_the_examples_differs_from_its_default() -> None:
    for example in (WATCHING, FAST):
        for field in fields(example):
            assert getattr(example, field.name) != field.default


@pytest.mark.parametrize("watching", [WATCHING, Watching(()), Watching((SLOW,)), Watching(silent=False)])
def test_it_comes_back_as_it_was_saved(store: Store, watching: Watching) -> None:
    one = replace(objective("checkout", None), watching=watching, supports=("shop", "shop/fast"))
    organise(store, [], [one, objective("plain", None)])
    with store.read() as tx:
        assert tx.objectives.all() == [one, objective("plain", None)]
    with store.transaction() as tx, tx.measurements.recounted():
        tx.objectives.save([objective("checkout", None)])
    with store.read() as tx:
        assert tx.objectives.all() == [objective("checkout", None), objective("plain", None)]


def test_defaults_take_no_room() -> None:
    assert watching_to_json(DEFAULT_WATCHING) == {}
    assert watching_from_json({}) == DEFAULT_WATCHING
