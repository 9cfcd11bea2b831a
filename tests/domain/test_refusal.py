"""Names correct themselves."""

import pytest

from domain.refusal import did_you_mean, suggestions

KNOWN = ["checkout-availability", "checkout-latency", "payout-latency", "wallet"]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("chekout-availability", "checkout-availability"),
        ("wal", "wallet"),
        ("WALLET", "wallet"),
        ("walet", "wallet"),
    ],
)
def test_the_best_suggestion_comes_first(name: str, first: str) -> None:
    assert suggestions(name, KNOWN)[0] == first


def test_nothing_is_suggested_where_nothing_is_close() -> None:
    assert did_you_mean("zzz", KNOWN) == ""
