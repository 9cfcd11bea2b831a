"""Starting: `steward --help`, and the second `steward run` on its sandbox."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

STEWARD = str(Path(sys.executable).with_name("steward"))


def run(folder: Path) -> Iterator[str]:
    """Against a Python that does nothing."""
    helped = _least([STEWARD, "--help"], folder)
    nothing = _least([sys.executable, "-c", "pass"], folder)
    yield (
        f"steward --help: {helped:.3f} s; python -c pass: {nothing:.3f} s: {helped / nothing:.1f} times the time "
        "(wanted: under 0.4 s)"
    )


def _least(words: Sequence[str], folder: Path) -> float:
    """By the clock on the wall: this is about waiting."""
    return min(_seconds(words, folder) for _ in range(7))


def _seconds(words: Sequence[str], folder: Path) -> float:
    start = perf_counter()
    subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, check=True)  # noqa: S603
    return perf_counter() - start
