"""What a verb of the command line finds around it: a folder, an environment, the logs."""

import contextlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@dataclass(frozen=True)
class Surroundings:
    """An empty folder, worked in, and an environment that sets nothing of Steward's."""

    folder: Path

    def set(self, **variables: str) -> None:
        """Set variables of the environment."""
        os.environ.update(variables)

    def write(self, name: str, text: str) -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path


@contextlib.contextmanager
def surroundings_in(folder: Path) -> Iterator[Surroundings]:
    """All of it is put back as it was."""
    environment, root = dict(os.environ), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    for name in environment:
        if name.lower() in (*Settings.model_fields, *PROXIES):
            del os.environ[name]
    try:
        with contextlib.chdir(folder):
            yield Surroundings(folder)
    finally:
        os.environ.clear()
        os.environ.update(environment)
        root.handlers[:], root.level = handlers, level
