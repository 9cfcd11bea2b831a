"""Which methods of Slack's Web API Steward calls, and the scopes that they need: the manifest is made of this."""

from collections.abc import Mapping

CHANNELS = ("channels:read", "groups:read")
HISTORY = ("channels:history", "groups:history")
POSTING = ("chat:write",)
USERGROUPS = ("usergroups:read",)

METHODS: Mapping[str, tuple[str, ...]] = {
    "auth.test": (),
    "chat.postEphemeral": POSTING,
    "chat.postMessage": POSTING,
    "chat.update": POSTING,
    "conversations.history": HISTORY,
    "conversations.info": CHANNELS,
    "conversations.list": CHANNELS,
    "conversations.replies": HISTORY,
    "usergroups.users.list": USERGROUPS,
    "views.open": (),
}
"""A test holds this to the calls in the code."""

EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_mention": ("app_mentions:read",),
    "member_joined_channel": CHANNELS,
}
"""What Steward hears from Slack, and the scopes that this needs."""
