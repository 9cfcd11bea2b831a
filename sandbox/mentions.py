"""What becomes of the words that a person types."""

import re

from sandbox.slack import SandboxSlack

MENTION = re.compile(r"(?<![\w<])([@#])([\w.-]*\w)")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def with_mentions(slack: SandboxSlack, text: str, *, named: bool) -> str:
    """`@name` and `#channel` as references; `named` adds the name, as in commands. Unknown names stay text."""

    def reference(match: re.Match[str]) -> str:
        sign, name = match.groups()
        found = _user(slack, name) if sign == "@" else _channel(slack, name)
        if not found:
            return match.group()
        return f"<{sign}{found}|{name}>" if named and not found.startswith("!") else f"<{sign}{found}>"

    # A group's reference has no sign before it.
    return MENTION.sub(reference, escaped(text)).replace("<@!subteam", "<!subteam")


def _user(slack: SandboxSlack, name: str) -> str | None:
    wanted = name.lower()
    person = next((one for one in slack.seed.people if one.name.lower() == wanted), None)
    group = next((one for one in slack.seed.groups if one.handle.lower() == wanted), None)
    return person.id if person else f"!subteam^{group.id}|@{group.handle}" if group else None


def _channel(slack: SandboxSlack, name: str) -> str | None:
    return next((one.id for one in slack.seed.channels if one.name == name.lower()), None)
