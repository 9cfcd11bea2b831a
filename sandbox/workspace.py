"""Who and what is in the pretended Slack workspace."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Person:
    """Somebody of the workspace, or of another one in a shared channel (then with that one's `team_id`)."""

    id: str
    name: str
    real_name: str
    email: str
    is_bot: bool = False
    team_id: str = ""


@dataclass(frozen=True)
class Channel:
    id: str
    name: str
    topic: str = ""
    is_private: bool = False
    members: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Group:
    """A user group, mentioned as `@handle`."""

    id: str
    handle: str
    name: str
    members: frozenset[str] = frozenset()


@dataclass(frozen=True)
class WorkspaceSeed:
    team_id: str
    name: str
    people: tuple[Person, ...]
    channels: tuple[Channel, ...]
    bot_user_id: str
    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    app_token: str = field(repr=False)
    groups: tuple[Group, ...] = ()

    def person(self, user_id: str) -> Person | None:
        return next((person for person in self.people if person.id == user_id), None)

    @property
    def bot(self) -> Person:
        bot = self.person(self.bot_user_id)
        if bot is None:
            raise ValueError(f"the workspace has no person {self.bot_user_id}, its bot")
        return bot

    @property
    def bot_id(self) -> str:
        return "B" + self.bot_user_id[1:]

    @property
    def app_id(self) -> str:
        return "A" + self.bot_user_id[1:]

    @property
    def domain(self) -> str:
        """The workspace's part of `….slack.com`."""
        return "-".join(self.name.lower().split())
