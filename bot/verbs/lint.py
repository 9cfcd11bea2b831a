"""`steward lint`: check definition files."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from connectors.definitions.load import load


def run(words: Sequence[str]) -> int:
    """A line a problem; 1 with an error, 0 with warnings only. Asks no database."""
    parser = argparse.ArgumentParser(prog="steward lint", description="Check definition files.")
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a file, or a folder of them")
    loaded = load(parser.parse_args(words).paths)
    for problem in loaded.problems:
        print(problem)
    return 1 if loaded.errors else 0
