"""What an explanation prints, read back."""

import re
from fractions import Fraction

from messages.message import Message


class Printed:
    """What a message prints: tables by their part's number, and the lines around them."""

    def __init__(self, message: Message) -> None:
        texts = [block["text"]["text"] for block in message.blocks if "text" in block]
        self.parts = {text[1]: text for text in texts if re.match(r"\*\d ", text)}
        self.tables = {number: self.rows(number) for number in self.parts}

    def rows(self, number: str) -> list[list[str]]:
        """The cells of each row; a label that found no room stands on a line of its own."""
        rows: list[list[str]] = []
        for line in self.table_lines(number):
            cells = re.split(r" {2,}", line.strip())
            if rows and len(rows[-1]) == 1:
                rows[-1] += cells
            else:
                rows.append(cells)
        return rows

    def table_lines(self, number: str) -> list[str]:
        found = re.findall(r"```\n(.*?)\n```", self.parts[number], re.DOTALL)
        return found[0].split("\n") if found else []

    def amount(self, number: str, label: str) -> Fraction:
        [row] = [row for row in self.tables[number] if row[0].startswith(label)]
        return value(row[1])

    def last(self, number: str, label: str) -> str:
        [row] = [row for row in self.tables[number] if row[0].startswith(label)]
        return row[-1]

    def has(self, number: str, label: str) -> bool:
        return any(row[0].startswith(label) for row in self.tables[number])


def value(text: str) -> Fraction:
    return Fraction(text.replace(",", "").replace("−", "-").removesuffix("%"))
