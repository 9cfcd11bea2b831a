"""Problems, as they are found in one file."""

from dataclasses import dataclass

from domain.definition import Problem, Severity

SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING}
LONGEST_QUOTE = 60


@dataclass(slots=True)
class Findings:
    """Collects the problems of the file at `path`; `problems` is shared by all files of a load."""

    path: str
    problems: list[Problem]

    def add(self, code: str, line: int, text: str) -> None:
        """Note a problem; its code's first letter says whether it is an error."""
        self.problems.append(Problem(self.path, line, SEVERITIES[code[0]], code, text))


def quoted(text: str) -> str:
    """`text` in backticks, cut, and harmless on one line of a terminal."""
    shown = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
    return f"`{printable(shown)}`"


def printable(text: str) -> str:
    """`text` with every character that moves the cursor or the reading direction written as an escape."""
    return text if text.isprintable() else "".join(map(_escaped, text))


def _escaped(letter: str) -> str:
    return letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
