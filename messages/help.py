"""What one can ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages.blocks import section
from messages.message import Message
from messages.room import pieces

MOST_FIRST = 8
ALL = "help all"
NAMES = "NAME: an objective, service or team, or a number\nsuch as W-42. The beginning is enough."
THREADS = "In a thread write `@Steward status check`: Slack\nhas no slash commands there."
EMPTY = "Steward knows no objectives yet. An operator\ncan load some: `steward apply FILES`"


@dataclass(frozen=True, slots=True)
class Usage:
    """A command as help shows it: its words without the slash command, what it answers, an example."""

    usage: str
    summary: str
    example: str


def help_message(usages: Sequence[Usage], *, command: str = "/slm", empty: bool = False) -> Message:
    """At most eight commands, the first of them as what `command` alone asks; `empty`: nothing is defined."""
    alone, *others = usages
    shown = [Usage("", alone.summary, ""), *others]
    if len(shown) > MOST_FIRST:
        shown = [*shown[: MOST_FIRST - 1], Usage(ALL, "every command", "")]
    return _listed("What you can ask", shown, (NAMES, THREADS, *_how_to_load(empty=empty)), command)


def every_command(usages: Sequence[Usage], *, command: str = "/slm", empty: bool = False) -> Message:
    """All of them, and how they can be shortened."""
    word = usages[0].usage
    shorter = f"`{command}` alone is `{command} {word}`, `{command}-{word}` too,\nand so with every word."
    return _listed("Every command", usages, (shorter, NAMES, THREADS, *_how_to_load(empty=empty)), command)


def command_help(usage: Usage, *, command: str = "/slm", alias: str | None = None) -> Message:
    """One command, with an example."""
    lines = [f"`{command} {usage.usage}`", usage.summary, f"For example: `{command} {usage.example}`"]
    if alias:
        lines.append(f"Shorter: `{alias}`")
    return Message(f"{command} {usage.usage}: {usage.summary}", (section(*lines),))


def _how_to_load(*, empty: bool) -> list[str]:
    return [EMPTY] if empty else []


def _listed(title: str, usages: Sequence[Usage], notes: Sequence[str], command: str) -> Message:
    typed = [f"{command} {usage.usage}".rstrip() for usage in usages]
    # No columns: Slack's letters have widths of their own, and a phone's lines are short.
    lines = [f"`{words}`  {usage.summary}" for words, usage in zip(typed, usages, strict=True)]
    texts = pieces([f"*{title}*", *lines, "", "\n".join(notes)])
    return Message(f"{title}: {', '.join(typed)}", tuple(map(section, texts)))


EXAMPLE = (
    Usage("mine", "what waits for you", "mine"),
    Usage("status [NAME]", "how it stands", "status checkout"),
    Usage("who NAME", "who answers for it", "who checkout"),
    Usage("help [WORD]", "what you can ask", "help status"),
)
