"""`steward prune`: let go of what was kept long enough."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from tqdm import tqdm

from bot.settings import Settings
from bot.verbs.arguments import parser
from bot.wiring import Opened, opened, or_now
from domain.refusal import Refusal
from domain.retention import Keeping, Pruned
from messages.pruned import pruned_text
from storage.space import give_back, size_of


def run(words: Sequence[str]) -> int:
    """In batches, each a transaction: it can be interrupted, and run again, at any time."""
    made = parser("prune", "Let go of what was kept long enough.", at="what counts as now; default now")
    made.add_argument("--dry-run", action="store_true", help="only say what would go")
    made.add_argument(
        "--vacuum", action="store_true", help="also give the space back (SQLite: rewrites the file)"
    )
    made.add_argument("--json", action="store_true", help="as JSON")
    arguments = made.parse_args(words)
    settings = Settings.read()
    with opened(settings, arguments.workspace) as found:
        keeping, at = settings.keeping, or_now(arguments.at)
        if at > or_now(None) and not arguments.dry_run:
            raise Refusal("That is in the future, and what goes is gone. Ask with --dry-run what will go.")
        with found.store.read(found.workspace) as tx:
            due = tx.retention.due(keeping, at=at)
        pruned = due if arguments.dry_run else _prune(found, keeping, due, at=at)
        freed = 0
        if arguments.vacuum and not arguments.dry_run:
            freed = _give_back(found)
    told = {"at": at.isoformat(), "dry_run": arguments.dry_run, **asdict(pruned), "freed": freed}
    text = pruned_text(pruned, keeping, dry_run=arguments.dry_run, freed=freed)
    print(json.dumps(told, indent=2) if arguments.json else text)
    return 0


def _prune(found: Opened, keeping: Keeping, due: Pruned, *, at: datetime) -> Pruned:
    """Batch after batch, until nothing is due."""
    done = Pruned()
    with tqdm(total=due.rows, unit="rows", unit_scale=True, disable=None, leave=False) as bar:
        while True:
            with found.store.transaction(found.workspace) as tx:
                batch = tx.retention.prune(keeping, at=at)
            if not batch:
                return done
            done = done.plus(batch)
            bar.update(batch.rows)


def _give_back(found: Opened) -> int:
    before = size_of(found.store.engine)
    give_back(found.store.engine)
    return max(0, before - size_of(found.store.engine))
