"""Which files are meant by the paths on a command line, and their text."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from connectors.definitions.findings import Findings, printable
from domain.definition import Problem

ENDINGS = (".yaml", ".yml")
LARGEST = 20 * 1024 * 1024
NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def texts(paths: Sequence[Path], problems: list[Problem]) -> Iterator[tuple[Findings, str]]:
    """The text of every definition file, each once, folders sorted and read to the bottom.

    What starts with a dot inside a folder is passed over: Kubernetes mounts a ConfigMap's files a second time
    under such a name.
    """
    seen: set[str] = set()
    for path in paths:
        for file in _files(path, problems):
            real = os.path.realpath(file)
            if real not in seen:
                seen.add(real)
                findings = Findings(shown(file), problems)
                text = _text(file, findings)
                if text is not None:
                    yield findings, text


def shown(path: Path) -> str:
    """The path as a person may read it, whatever bytes it is made of."""
    return printable(os.fsencode(path).decode("utf-8", "replace"))


def _files(path: Path, problems: list[Problem]) -> Iterator[Path]:
    findings = Findings(shown(path), problems)
    if os.path.isdir(path):
        found = sorted(_below(path, problems))
        if not found:
            findings.add("W101", 0, "There is no .yaml or .yml file in this folder.")
        yield from found
    elif os.path.isfile(path):
        yield path
    elif os.path.lexists(path):
        findings.add("E101", 0, "This is neither a file nor a folder.")
    else:
        findings.add("E101", 0, "There is no such file or folder.")


def _below(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        Findings(shown(Path(error.filename)), problems).add("E101", 0, f"Cannot be read: {error.strerror}.")

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (
            Path(parent, name) for name in names if name.endswith(ENDINGS) and not name.startswith(".")
        )


def _text(path: Path, findings: Findings) -> str | None:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        findings.add("E101", 0, f"Cannot be read: {error.strerror}.")
        return None
    if len(content) > LARGEST:
        findings.add("E105", 0, f"Larger than {LARGEST >> 20} MiB; split it.")
        return None
    return _decoded(content, findings)


def _decoded(content: bytes, findings: Findings) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        findings.add("E102", content.count(b"\n", 0, error.start) + 1, "This is not UTF-8; save it as UTF-8.")
        return None
    forbidden = NOT_YAML.search(text)
    if forbidden:
        line = text.count("\n", 0, forbidden.start()) + 1
        findings.add(
            "E102", line, f"YAML does not allow the character `{printable(forbidden[0])}`; remove it."
        )
        return None
    return text
