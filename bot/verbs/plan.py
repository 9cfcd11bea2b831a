"""`steward plan`: show what definition files would change."""

import sys
from collections.abc import Sequence
from pathlib import Path

from bot.definitions import checked
from bot.verbs.arguments import parser
from bot.wiring import open_store, or_now
from messages.plan import render


def run(words: Sequence[str]) -> int:
    """Changes nothing; 1 where the files have errors."""
    made = parser(
        "plan", "Show what definition files would change.", at="when new terms would begin; default now"
    )
    made.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a file, or a folder of them")
    made.add_argument("--prune", action="store_true", help="also retire what is not in the files")
    arguments = made.parse_args(words)
    with open_store(arguments.workspace) as (store, workspace), store.read(workspace) as tx:
        found = checked(tx, arguments.paths, at=or_now(arguments.at), prune=arguments.prune)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    if found.plan is None:
        return 1
    print(render(found.plan))
    return 0
