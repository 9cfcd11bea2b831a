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
    parser.add_argument(
        "--socket-mode", action="store_true", help="for Socket Mode: no public address is needed"
    )
    arguments = parser.parse_args(words)
    settings = Settings.read()
    in_socket_mode = arguments.socket_mode or settings.socket_mode
    made = manifest(settings.steward_command, public_url=None if in_socket_mode else arguments.url)
    print(json.dumps(made, indent=2))
    return 0
