"""Starting: `steward --help`, and the second `steward run` on its sandbox, by the clock on the wall."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from tests.processes.steward import running_sandbox

STEWARD = str(Path(sys.executable).with_name("steward"))


def run(folder: Path) -> Iterator[str]:
    """Against a Python that does nothing."""
    helped = _least([STEWARD, "--help"], folder)
    nothing = _least([sys.executable, "-c", "pass"], folder)
    yield (
        f"steward --help: {helped:.3f} s; python -c pass: {nothing:.3f} s: {helped / nothing:.1f} times the time "
        "(wanted: under 0.4 s)"
    )
    with running_sandbox(folder) as first:
        assert first.stop() == 0
    start = perf_counter()
    with running_sandbox(folder) as second:
        answering = perf_counter() - start
        resident = _resident_megabytes(second.process.pid)
        assert second.stop() == 0
    yield (
        f"second `steward run`, its page answers: {answering:.1f} s, {answering / nothing:.0f} times python -c pass "
        f"(wanted: under 3 s); resident then: {resident:.0f} MB (wanted: under 150)"
    )


def _least(words: Sequence[str], folder: Path) -> float:
    return min(_seconds(words, folder) for _ in range(7))


def _seconds(words: Sequence[str], folder: Path) -> float:
    start = perf_counter()
    subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, check=True)  # noqa: S603
    return perf_counter() - start


def _resident_megabytes(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("Linux says how much memory a process has")
