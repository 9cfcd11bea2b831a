"""Modals and homes that are open, kept in memory."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.errors import SlackError
from sandbox.workspace import WorkspaceSeed

STACK = 3


@dataclass(frozen=True)
class View:
    """`body` is what the app gave; `root` and `previous` are ids of the stack that it lies on."""

    id: str
    user: str
    body: Mapping[str, Any] = field(repr=False)
    root: str
    previous: str | None = None
    hash: str = field(default_factory=lambda: secrets.token_hex(8))

    def redrawn(self, body: Mapping[str, Any]) -> "View":
        return replace(self, body=body, hash=secrets.token_hex(8))


class Views:
    """Of each person the modals, the first opened first, and the home."""

    def __init__(self) -> None:
        self._stacks: dict[str, tuple[View, ...]] = {}
        self._homes: dict[str, View] = {}

    def stack(self, user: str) -> tuple[View, ...]:
        return self._stacks.get(user, ())

    def home(self, user: str) -> View | None:
        return self._homes.get(user)

    def open(self, user: str, body: Mapping[str, Any]) -> View:
        """A modal, instead of those that are open."""
        self._refuse_taken(body, but=None)
        view = _new(user, body)
        self._stacks[user] = (view,)
        return view

    def push(self, user: str, body: Mapping[str, Any]) -> View:
        """A modal on top of the person's others."""
        stack = self.stack(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK:
            raise SlackError("push_limit_reached")
        self._refuse_taken(body, but=None)
        view = replace(_new(user, body), root=stack[0].id, previous=stack[-1].id)
        self._stacks[user] = (*stack, view)
        return view

    def close(self, user: str) -> None:
        """The person closes the modal on top."""
        self._stacks[user] = self.stack(user)[:-1]

    def clear(self, user: str) -> None:
        """All the person's modals close."""
        self._stacks[user] = ()

    def named(self, view_id: str, external_id: str) -> View:
        """A modal or home by either id. SlackError `not_found`."""
        for view in self._all():
            if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                return view
        raise SlackError("not_found")

    def redraw(self, view: View, body: Mapping[str, Any], expected: str) -> View:
        """SlackError `hash_conflict` where `expected` is given and is not its hash."""
        if expected and expected != view.hash:
            raise SlackError("hash_conflict")
        self._refuse_taken(body, but=view)
        drawn = view.redrawn(body)
        if view.body["type"] == "home":
            self._homes[view.user] = drawn
        else:
            self._stacks[view.user] = tuple(
                drawn if one.id == view.id else one for one in self.stack(view.user)
            )
        return drawn

    def publish(self, user: str, body: Mapping[str, Any], expected: str) -> View:
        """The person's home, as `redraw`."""
        home = self.home(user)
        if home is not None:
            return self.redraw(home, body, expected)
        self._refuse_taken(body, but=None)
        self._homes[user] = _new(user, body)
        return self._homes[user]

    def _all(self) -> Iterator[View]:
        for stack in self._stacks.values():
            yield from stack
        yield from self._homes.values()

    def _refuse_taken(self, body: Mapping[str, Any], *, but: View | None) -> None:
        external = body.get("external_id")
        others = [view for view in self._all() if but is None or view.id != but.id]
        if external and any(view.body.get("external_id") == external for view in others):
            raise SlackError("duplicate_external_id")


def told(view: View, seed: WorkspaceSeed) -> dict[str, Any]:
    """A view as Slack tells it to the app."""
    unset = {"private_metadata": "", "callback_id": "", "external_id": "", "submit": None, "close": None}
    placed: dict[str, Any] = {
        "id": view.id,
        "team_id": seed.team_id,
        "app_id": seed.app_id,
        "bot_id": seed.bot_id,
        "hash": view.hash,
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "state": {"values": {}},
    }
    return {**unset, **view.body, **placed}


def _new(user: str, body: Mapping[str, Any]) -> View:
    view_id = "V" + secrets.token_hex(5).upper()
    return View(view_id, user, body, root=view_id)
