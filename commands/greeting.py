"""What Steward says once in a channel that it came into."""

from dataclasses import replace

from commands.ask import Ask
from commands.meant import is_here
from domain.channel import Channel
from domain.notice import Notice
from messages.greeting import Greeting, greeting
from storage.store import Store


def greet(ask: Ask, store: Store, channel: Channel | None) -> None:
    """Put the greeting into the outbox, whose key lets it out once a channel.

    A channel that could not be looked up (None) is taken for one that outsiders read.
    """
    here = replace(ask, channel_name=channel.name if channel else "")
    with store.transaction(ask.workspace) as tx:
        facts = Greeting(
            here.channel_name,
            [team for team in tx.teams.all() if is_here(team, here)],
            shared=channel is None or channel.shared,
            defined=bool(tx.objectives.all()),
        )
        # Decided as for our own people: it must not arrive where outsiders have come in meanwhile.
        internal = not facts.shared
        content = greeting(facts, command=ask.command).content
        key = f"greeting:{ask.channel_id}"
        tx.outbox.add(Notice(key, ask.channel_id, content, ask.at, internal=internal))
