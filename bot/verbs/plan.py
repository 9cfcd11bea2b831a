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
        "plan",
        "Show what definition files would change.",
        at="when new terms would begin and planned work be announced; default now",
    )
    made.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a file, or a folder of them")
    made.add_argument("--prune", action="store_true", help="also retire what is not in the files")
    made.add_argument("--overwrite", action="store_true", help="also undo what was changed in Slack")
    arguments = made.parse_args(words)
    with open_store(arguments.workspace) as (store, workspace), store.read(workspace) as tx:
        at, prune, overwrite = or_now(arguments.at), arguments.prune, arguments.overwrite
        found = checked(tx, arguments.paths, at=at, prune=prune, overwrite=overwrite)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    if found.plan is None:
        return 1
    print(render(found.plan, found.guarantees))
    return 0
