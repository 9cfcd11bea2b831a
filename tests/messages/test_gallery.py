"""The gallery is complete: every renderer, and every golden message as its file has it."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import get_type_hints

import pytest

import messages
from messages import gallery
from messages.gallery.listing import GALLERY
from messages.gallery.shown import Shown
from messages.message import Message
from tests.messages.conftest import GOLDEN, Golden

SHOWN = [one for _, shown in GALLERY for one in shown]
MADE = {Message, list[Message], Sequence[Message]}


def public_functions(package: str, folder: Path) -> list[FunctionType]:
    modules = [import_module(f"{package}.{path.stem}") for path in folder.glob("*.py")]
    return [
        one
        for module in modules
        for name, one in vars(module).items()
        if isinstance(one, FunctionType) and not name.startswith("_")
    ]


@pytest.mark.parametrize("one", SHOWN, ids=lambda one: one.name)
def test_every_entry_is_its_golden_file(one: Shown, golden: Golden) -> None:
    golden(one.name, one.draw())


def test_every_golden_file_is_shown_once() -> None:
    assert sorted(one.name for one in SHOWN) == sorted(path.stem for path in GOLDEN.glob("*.json"))


def test_every_function_that_makes_a_message_is_shown() -> None:
    [folder], [shown_in] = messages.__path__, gallery.__path__
    shown = set(public_functions("messages.gallery", Path(shown_in)))
    made = {
        one for one in public_functions("messages", Path(folder)) if get_type_hints(one).get("return") in MADE
    }
    assert {one.__qualname__ for one in made - shown} == set()
    assert len(made) > 20
