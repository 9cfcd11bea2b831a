"""`steward migrate`: bring the database's tables up to date."""

import argparse
from collections.abc import Sequence

from bot.settings import Settings
from storage.engine import open_engine
from storage.migrate import HEAD, migrate


def run(words: Sequence[str]) -> int:
    """Safe to run at any time, and again."""
    argparse.ArgumentParser(
        prog="steward migrate", description="Bring the database's tables up to date."
    ).parse_args(words)
    engine = open_engine(Settings.read().database)
    try:
        print(f"Migrated to {HEAD}." if migrate(engine) else f"Up to date ({HEAD}).")
    finally:
        engine.dispose()
    return 0
