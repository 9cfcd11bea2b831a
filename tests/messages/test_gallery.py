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
MADE: set[object] = {Message, list[Message], Sequence[Message]}


def public_functions(package: str, folder: Path) -> list[FunctionType]:
    modules = [import_module(f"{package}.{path.stem}") for path in folder.glob("*.py")]
    return [
        one
        for module in modules
        for name, one in vars(module).items()
        if isinstance(one, FunctionType) and not name.startswith("_")
    ]


def made_by(package: str, paths: Sequence[str], of: set[object] | None) -> set[FunctionType]:
    """The public functions of the folder that return one of these, or, without, that stand in it."""
    [folder] = paths
    found = public_functions(package, Path(folder))
    return {one for one in found if of is None or get_type_hints(one).get("return") in of}


@pytest.mark.parametrize("one", SHOWN, ids=lambda one: one.name)
def test_every_entry_is_its_golden_file(one: Shown, golden: Golden) -> None:
    golden(one.name, one.draw())


def test_every_golden_file_is_shown_once() -> None:
    assert sorted(one.name for one in SHOWN) == sorted(path.stem for path in GOLDEN.glob("*.json"))


def test_every_function_that_makes_a_message_is_shown() -> None:
    shown = made_by("messages.gallery", gallery.__path__, None)
    made = made_by("messages", messages.__path__, MADE)
    assert {one.__qualname__ for one in made - shown} == set()
    assert len(made) > 20
