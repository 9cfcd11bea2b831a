"""Arguments that several verbs share."""

import argparse


def parser(verb: str, description: str, *, at: str | None = None) -> argparse.ArgumentParser:
    """A verb's parser, with --workspace and, where `at` says what it means, --at."""
    made = argparse.ArgumentParser(prog=f"steward {verb}", description=description, allow_abbrev=False)
    made.add_argument("--workspace", metavar="NAME", help="which workspace, where there are several")
    if at:
        made.add_argument("--at", metavar="INSTANT", help=f"{at} (ISO 8601, such as 2026-11-23T09:00:00Z)")
    return made
