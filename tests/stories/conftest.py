"""What the command line finds around it in a story."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.surroundings import Surroundings, surroundings_in


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[Surroundings]:
    """An empty folder to work in, and an environment without any setting."""
    with surroundings_in(tmp_path) as found:
        yield found
