"""Who was erased is a former member wherever they would be named, and is not mentioned."""

from collections.abc import Callable

import pytest

from domain.person import erased
from messages import planned, who


@pytest.mark.parametrize("words", [planned.person_words, who.person_words])
def test_a_former_member(words: Callable[[str], str]) -> None:
    assert words(erased("P12")) == "a former member"
    assert words("U0ANA") == "<@U0ANA>"
