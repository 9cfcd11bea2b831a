"""CSV files, by blocks of whole lines so that a large one never lies in memory whole; every "no" names its line."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import BinaryIO, NamedTuple

from domain.refusal import Refusal

BLOCK_BYTES = 1 << 20
"""Measured: smaller blocks cut the hours of many objectives into pieces, larger ones leave the processor's cache."""

BYTE_ORDER_MARK = "\ufeff"


class Block(NamedTuple):
    """Whole lines; `line` is the number of the first."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class CsvFile:
    """An open CSV file that must begin with the header `columns`; `shown` is how a "no" calls it.

    `progress` is told how many bytes more were read.
    """

    file: BinaryIO
    shown: str
    columns: Sequence[str]
    progress: Callable[[int], object] = int

    def blocks(self) -> Iterator[Block]:
        """The lines below the header. Raises `Refusal` for what is no text, and for another header."""
        line = 1
        for content in self._whole_lines():
            text = self._decoded(content, line)
            if line == 1:
                head, _, text = text.removeprefix(BYTE_ORDER_MARK).partition("\n")
                self._check_header(head)
                line = 2
            if text:
                yield Block(line, text)
            line += text.count("\n")
        if line == 1:
            raise self.refusal(1, f"The file is empty. Its first line must be {self._header}.")

    def rows(self, first: Block, following: Iterable[Block] = ()) -> Iterator[tuple[int, list[str]]]:
        """The rows of consecutive blocks, each with the number of its first line; empty lines are passed over."""
        reader = csv.reader(_lines(first, following), strict=True)
        while True:
            line = first.line + reader.line_num
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise self.refusal(line, f"This is not CSV ({error}). Check the quotes and commas.") from None
            if row:
                self._check_width(row, line)
                yield line, row

    def refusal(self, line: int, problem: object) -> Refusal:
        """The "no" to a line."""
        return Refusal(f"{self.shown}:{line}: {problem}")

    @property
    def _header(self) -> str:
        return f"`{','.join(self.columns)}`"

    def _whole_lines(self) -> Iterator[bytes]:
        rest, line = b"", 1
        while read := self.file.read(BLOCK_BYTES):
            self.progress(len(read))
            content = rest + read
            end = content.rfind(b"\n") + 1
            if not end and len(content) > BLOCK_BYTES:
                raise self.refusal(line, "This line is over a million bytes long. Is this a CSV file?")
            if end:
                yield content[:end]
                line += content.count(b"\n", 0, end)
            rest = content[end:]
        if rest:
            yield rest

    def _decoded(self, content: bytes, line: int) -> str:
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            bad_line = line + content.count(b"\n", 0, error.start)
            raise self.refusal(bad_line, "This is not UTF-8. Save the file as CSV in UTF-8.") from None
        if "\0" in text:
            bad_line = line + text.count("\n", 0, text.index("\0"))
            raise self.refusal(
                bad_line, "There is a NUL byte here: this is no text. Save the file as CSV in UTF-8."
            )
        return text

    def _check_header(self, head: str) -> None:
        try:
            names = next(csv.reader([head.rstrip("\r")], strict=True), [])
        except csv.Error:
            names = []
        if names != list(self.columns):
            raise self.refusal(1, f"The first line must be {self._header}, but it is {head[:80]!r}.")

    def _check_width(self, row: Sequence[str], line: int) -> None:
        if len(row) != len(self.columns):
            columns = "1 column" if len(row) == 1 else f"{len(row)} columns"
            raise self.refusal(
                line, f"There must be {len(self.columns)} columns ({self._header}), not {columns}."
            )


def _lines(first: Block, following: Iterable[Block]) -> Iterator[str]:
    yield from StringIO(first.text, newline="\n")
    for block in following:
        yield from StringIO(block.text, newline="\n")
