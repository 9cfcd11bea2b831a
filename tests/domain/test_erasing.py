"""A person's name goes from texts and Block Kit; whoever has a longer one keeps it."""

from typing import Any

import pytest

from domain.erasing import Eraser
from domain.person import called, erased, is_erased


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("<@U0ANA> and <@U0ANA|ana>", "a former member and a former member", id="mentions"),
        pytest.param("<@U0ANAX>, U0ANA9, XU0ANA", "<@U0ANAX>, U0ANA9, XU0ANA", id="others"),
        pytest.param("digest U0ANA off", "digest erased-P7 off", id="a bare id"),
        pytest.param("channel:U0ANA:2026", "channel:erased-P7:2026", id="in a key"),
        pytest.param(
            {"type": "user", "user_id": "U0ANA"}, {"type": "text", "text": "a former member"}, id="rich"
        ),
        pytest.param(
            {"type": "user", "user_id": "U0BEN"}, {"type": "user", "user_id": "U0BEN"}, id="another"
        ),
        pytest.param([["digest", "U0ANA", None], 5], [["digest", "erased-P7", None], 5], id="a list"),
    ],
)
def test_erased(value: Any, expected: Any) -> None:
    eraser = Eraser("U0ANA", "erased-P7")
    assert eraser.erased(value) == expected
    assert eraser.names(value) == (value != expected)


def test_an_address_with_odd_letters() -> None:
    eraser = Eraser("a.n+a@x.org", "erased-P7")
    assert eraser.erased("A.N+A@X.org <mailto:a.n+a@x.org|Ana>; aXn+a@x.org") == (
        "erased-P7 a former member; aXn+a@x.org"
    )


def test_words() -> None:
    assert called(erased("P7")) == "a former member"
    assert called("U0ANA") == "U0ANA"
    assert not is_erased("erased-P7x")
