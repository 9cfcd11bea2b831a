"""`steward export`: all definitions, as files that say them."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.definitions import stored
from bot.verbs.arguments import parser
from bot.wiring import open_store
from connectors.definitions.export import Exported, exported
from connectors.definitions.export_yaml import yaml_of


def run(words: Sequence[str]) -> int:
    """One stream of documents, or a file a kind; 1 where something is there that no file can say."""
    arguments = _parser().parse_args(words)
    with open_store(arguments.workspace) as (store, workspace), store.read(workspace) as tx:
        found = exported(stored(tx))
    if arguments.to is None:
        sys.stdout.write(yaml_of(found.documents))
    else:
        _write(found, arguments.to)
    for kind, name in found.unsaid:
        print(f"steward: left out: no file can say the {kind} `{name}` as it is now.", file=sys.stderr)
    return 1 if found.unsaid else 0


def _parser() -> argparse.ArgumentParser:
    made = parser("export", "Print all definitions as files say them.")
    made.add_argument(
        "--to", metavar="FOLDER", type=Path, help="write one file a kind there, instead of one stream"
    )
    return made


def _write(found: Exported, folder: Path) -> None:
    """A kind without any gets an empty file, so that an older export leaves nothing behind."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, documents in found.files.items():
        (folder / f"{name}.yaml").write_text(yaml_of(documents), encoding="utf-8", newline="\n")
