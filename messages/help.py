"""What one can ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages.blocks import context, section
from messages.message import Message


@dataclass(frozen=True, slots=True)
class Usage:
    """A command as help shows it: its words without the slash command, what it answers, an example."""

    usage: str
    summary: str
    example: str


def help_message(usages: Sequence[Usage], *, command: str = "/slm") -> Message:
    """Every command in a line."""
    width = max(len(usage.usage) for usage in usages)
    lines = [f"`{command} {usage.usage}`{_gap(usage, width)}{usage.summary}" for usage in usages]
    names = "NAME: an objective, service or team.\nThe beginning is enough."
    return Message(
        f"What you can ask: {', '.join(f'{command} {usage.usage}' for usage in usages)}",
        (section("*What you can ask*", *lines, "", names), context("Only you see this")),
    )


def command_help(usage: Usage, *, command: str = "/slm") -> Message:
    """One command, with an example."""
    lines = (f"`{command} {usage.usage}`", usage.summary, f"For example: `{command} {usage.example}`")
    return Message(
        f"{command} {usage.usage}: {usage.summary}", (section(*lines), context("Only you see this"))
    )


def _gap(usage: Usage, width: int) -> str:
    return " " * (width - len(usage.usage) + 3)


EXAMPLE = (
    Usage("status [NAME]", "how it stands", "status checkout"),
    Usage("help [WORD]", "what you can ask", "help status"),
)
