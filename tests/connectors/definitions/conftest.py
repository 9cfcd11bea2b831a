"""What the tests of definition files share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.definitions.load import Loaded, load
from domain.definition import Known

Read = Callable[..., Loaded]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Loads a text as the file `a.yaml`."""

    def loaded(text: str | bytes, known: Known | None = None) -> Loaded:
        path = tmp_path / "a.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return load([path], known)

    return loaded
