"""What the tests of definition files share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.definitions.load import Loaded, load
from domain.definition import Known
from domain.objective import Objective, Terms

Read = Callable[..., Loaded]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Loads a text as the file `a.yaml`."""

    def loaded(text: str | bytes, known: Known | None = None) -> Loaded:
        path = tmp_path / "a.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return load([path], known)

    return loaded


def short(loaded: Loaded) -> list[str]:
    """Lines and codes of the problems."""
    return [f"{problem.line} {problem.code}" for problem in loaded.problems]


def only(read: Read, text: str) -> Objective:
    """The one objective of a text without errors."""
    loaded = read(text)
    assert loaded.errors == ()
    (objective,) = loaded.definitions.objectives
    return objective


def terms(read: Read, text: str) -> Terms:
    """The terms of the one objective."""
    (version,) = only(read, text).versions
    return version
