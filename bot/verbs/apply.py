"""`steward apply`: change what definition files say."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.definitions import carry_out, checked
from bot.settings import Settings
from bot.verbs.arguments import parser
from bot.wiring import open_store, or_now
from messages.plan import render


def run(words: Sequence[str]) -> int:
    """In one transaction, all or nothing; 1 where the files have errors or, with --check, differ."""
    made = _parser()
    arguments = made.parse_args(words)
    paths = arguments.paths or _set_folder()
    if not paths:
        made.error("say which files: PATH…, or set STEWARD_DEFINITIONS")
    with open_store(arguments.workspace) as (store, workspace), store.transaction(workspace) as tx:
        tx.objectives.lock()
        at, prune, overwrite = or_now(arguments.at), arguments.prune, arguments.overwrite
        found = checked(tx, paths, at=at, prune=prune, overwrite=overwrite)
        if found.plan is not None and not arguments.check:
            carry_out(tx, found.plan, at=at)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    if found.plan is None:
        print("steward: nothing was applied. Mend the errors above, then try again.", file=sys.stderr)
        return 1
    print(render(found.plan, found.guarantees))
    return 1 if arguments.check and not found.plan.empty else 0


def _parser() -> argparse.ArgumentParser:
    made = parser(
        "apply",
        "Change what definition files say.",
        at="when new terms begin and planned work is announced; default now",
    )
    made.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        help="a file, or a folder of them; default STEWARD_DEFINITIONS",
    )
    made.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 when files and database differ"
    )
    made.add_argument("--prune", action="store_true", help="also retire what is not in the files")
    made.add_argument("--overwrite", action="store_true", help="also undo what was changed in Slack")
    return made


def _set_folder() -> list[Path]:
    folder = Settings.read().steward_definitions
    return [Path(folder)] if folder else []
