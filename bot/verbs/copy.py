"""`steward copy`: move everything to another database."""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tqdm import tqdm

from bot.alone import only_one_on
from bot.settings import Settings, checked_database
from domain.refusal import Refusal
from messages.copied import Copied, copied_json, copied_text
from storage.copying import copy, opening, refuse_same, rows_in
from storage.migrate import check


def run(words: Sequence[str]) -> int:
    """All of it or nothing; 1 where it is refused, or the copy turned out to differ."""
    made = argparse.ArgumentParser(
        prog="steward copy",
        description="Copy everything of DATABASE_URL into an empty database.",
        allow_abbrev=False,
    )
    made.add_argument(
        "--to", metavar="URL", required=True, help="such as postgresql://user:password@host/name"
    )
    made.add_argument("--json", action="store_true", help="as JSON")
    arguments = made.parse_args(words)
    here, there = Settings.read().database, _checked(arguments.to)
    with opening(here) as source, opening(there) as target:
        check(source)
        refuse_same(source, target)
        with only_one_on(here), only_one_on(there), _bar(2 * rows_in(source)) as progress:
            compared = copy(source, target, progress=progress)
    told = [Copied(one.table, one.source.rows, one.source.checksum) for one in compared]
    print(json.dumps(copied_json(told), indent=2) if arguments.json else copied_text(told))
    return 0


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], object]]:
    """Each row is written once and compared once."""
    with tqdm(total=total, unit="rows", unit_scale=True, disable=None, leave=False) as bar:
        yield bar.update


def _checked(url: str) -> str:
    """The address, by the rules of DATABASE_URL. Raises `Refusal`."""
    try:
        return checked_database(url)
    except ValueError as wrong:
        raise Refusal(f"--to {wrong}.") from None
