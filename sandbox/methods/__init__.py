"""The methods of Slack's Web API that the sandbox has."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.call import Call
from sandbox.methods import about, chat, conversations, history, people, views

Method = Callable[[Call], dict[str, Any]]

METHODS: Mapping[str, Method] = {
    "api.test": about.api_test,
    "apps.connections.open": about.connections_open,
    "auth.test": about.auth_test,
    "bots.info": about.bots_info,
    "team.info": about.team_info,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": history.history,
    "conversations.info": conversations.info,
    "conversations.join": conversations.join,
    "conversations.list": conversations.listing,
    "conversations.members": conversations.members,
    "conversations.open": conversations.open_direct,
    "conversations.replies": history.replies,
    "usergroups.list": people.usergroups,
    "usergroups.users.list": people.usergroup_users,
    "users.info": people.info,
    "users.list": people.listing,
    "users.lookupByEmail": people.by_email,
    "views.open": views.open_view,
    "views.publish": views.publish,
    "views.push": views.push,
    "views.update": views.update,
}
WITHOUT_TOKEN = frozenset({"api.test"})
WITH_APP_TOKEN = frozenset({"apps.connections.open"})

READING = frozenset({"channels:read", "groups:read", "im:read", "mpim:read"})
HISTORY = frozenset({"channels:history", "groups:history", "im:history", "mpim:history"})
POSTING = frozenset({"chat:write"})
SCOPES: Mapping[str, frozenset[str]] = {
    "bots.info": frozenset({"users:read"}),
    "team.info": frozenset({"team:read"}),
    "chat.delete": POSTING,
    "chat.postEphemeral": POSTING,
    "chat.postMessage": POSTING,
    "chat.update": POSTING,
    "conversations.history": HISTORY,
    "conversations.info": READING,
    "conversations.join": frozenset({"channels:join"}),
    "conversations.list": READING,
    "conversations.members": READING,
    "conversations.open": frozenset({"im:write", "mpim:write"}),
    "conversations.replies": HISTORY,
    "usergroups.list": frozenset({"usergroups:read"}),
    "usergroups.users.list": frozenset({"usergroups:read"}),
    "users.info": frozenset({"users:read"}),
    "users.list": frozenset({"users:read"}),
    "users.lookupByEmail": frozenset({"users:read.email"}),
}
"""Each takes any one of these; methods that are not here need none."""
