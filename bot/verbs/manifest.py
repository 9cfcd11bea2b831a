"""`steward manifest`: Slack's manifest of the app, to paste at api.slack.com/apps."""

import argparse
import json
from collections.abc import Sequence

from bot.manifest import manifest
from bot.settings import Settings


def run(words: Sequence[str]) -> int:
    """As JSON, which Slack takes as well as YAML."""
    parser = argparse.ArgumentParser(
        prog="steward manifest", description="Print Slack's manifest of the app."
    )
    parser.add_argument(
        "--url", default="https://steward.example.com", help="where Slack reaches Steward (HTTP mode)"
    )
    print(json.dumps(manifest(Settings.read(), public_url=parser.parse_args(words).url), indent=2))
    return 0
