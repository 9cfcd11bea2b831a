"""The command `steward`: a literal table of verbs, each imported when it is called."""

import sys
from collections.abc import Sequence
from importlib import import_module

VERBS = (
    ("run", "everything in one process: the bot on Slack, or on its sandbox", "bot.verbs.run:run"),
    ("web", "what Slack talks to (needs Slack tokens and PostgreSQL)", "bot.verbs.web:run"),
    ("worker", "what the clock asks for (needs Slack tokens and PostgreSQL)", "bot.verbs.worker:run"),
    ("sandbox", "only the sandbox: a strict Slack on loopback, for any bot", "bot.verbs.sandbox:run"),
    ("migrate", "bring the database's tables up to date", "bot.verbs.migrate:run"),
    ("tick", "run every due job once", "bot.verbs.tick:run"),
    ("lint", "check definition files", "bot.verbs.lint:run"),
    ("plan", "show what definition files would change", "bot.verbs.plan:run"),
    ("apply", "change what definition files say", "bot.verbs.apply:run"),
    ("export", "print definitions as files say them", "bot.verbs.export:run"),
    ("schema", "the JSON Schema of Steward's own kinds, for editors", "bot.verbs.schema:run"),
    ("import", "store measurements or outages from a CSV file", "bot.verbs.import_:run"),
    ("status", "how objectives stand", "bot.verbs.status:run"),
    ("audit", "what everybody did, and whether that trail is whole", "bot.verbs.audit:run"),
    ("backtest", "what Steward would have warned of, by recorded history", "bot.verbs.backtest:run"),
    ("prune", "let go of what was kept long enough", "bot.verbs.prune:run"),
    ("erase", "forget who somebody was", "bot.verbs.erase:run"),
    ("copy", "move everything to another database", "bot.verbs.copy:run"),
    ("doctor", "what is wrong, and what to do about it", "bot.verbs.doctor:run"),
    ("manifest", "Slack's manifest of the app", "bot.verbs.manifest:run"),
)
"""(name, help, where it is)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 refused or problems found, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words:
        print(usage(), file=sys.stderr)
        return 2
    if words[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    for name, _, place in VERBS:
        if name == words[0]:
            return _run(place, words[1:])
    print(f"steward: there is no verb {words[0]!r}. `steward --help` lists them.", file=sys.stderr)
    return 2


def usage() -> str:
    """What `steward --help` prints."""
    width = max(len(name) for name, _, _ in VERBS)
    verbs = "\n".join(f"  {name:{width}}  {summary}" for name, summary, _ in VERBS)
    return f"usage: steward VERB …\n\n{verbs}\n\n`steward VERB --help` tells more."


def _run(place: str, words: list[str]) -> int:
    module, _, function = place.partition(":")
    boundary = import_module("bot.boundary")
    status: int = boundary.guarded(getattr(import_module(module), function), words)
    return status
