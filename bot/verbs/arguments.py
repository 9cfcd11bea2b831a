"""Arguments that several verbs share."""

import argparse
from datetime import datetime

from domain.measurement import parse_instant
from domain.refusal import Refusal


def parser(verb: str, description: str, *, at: str | None = None) -> argparse.ArgumentParser:
    """A verb's parser, with --workspace and, where `at` says what it means, --at."""
    made = argparse.ArgumentParser(prog=f"steward {verb}", description=description, allow_abbrev=False)
    made.add_argument("--workspace", metavar="NAME", help="which workspace, where there are several")
    if at:
        told = f"{at} (ISO 8601, such as 2026-11-23T09:00:00Z)"
        made.add_argument("--at", metavar="INSTANT", type=instant, help=told)
    return made


def instant(text: str) -> datetime:
    """An argument's type: an aware instant."""
    try:
        return parse_instant(text)
    except Refusal as refusal:
        raise argparse.ArgumentTypeError(str(refusal)) from None
