"""Erasing a person's name from texts and from Block Kit."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from domain.person import FORMER


@dataclass(frozen=True)
class Eraser:
    """Takes out `person`, a Slack id or an address; `word` stands for them where a mention would not do."""

    person: str
    word: str

    @cached_property
    def _mention(self) -> re.Pattern[str]:
        person = re.escape(self.person)
        return re.compile(rf"<@{person}(?:\|[^<>]*)?>|<mailto:{person}(?:\|[^<>]*)?>", self._flags)

    @cached_property
    def _name(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![A-Za-z0-9]){re.escape(self.person)}(?![A-Za-z0-9])", self._flags)

    @property
    def _flags(self) -> re.RegexFlag:
        return re.IGNORECASE if "@" in self.person else re.NOFLAG

    def names(self, value: Any) -> bool:
        """Whether the person is named anywhere in it."""
        return bool(self.erased(value) != value)

    def erased(self, value: Any) -> Any:
        """The same text, list or dict without the person."""
        if isinstance(value, str):
            return self._name.sub(self.word, self._mention.sub(FORMER, value))
        if isinstance(value, list):
            return [self.erased(one) for one in value]
        if isinstance(value, dict):
            if value.get("type") == "user" and value.get("user_id") == self.person:
                return {"type": "text", "text": FORMER}
            return {key: self.erased(one) for key, one in value.items()}
        return value
