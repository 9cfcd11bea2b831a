"""What was changed in Slack, against the files."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SlackChange:
    """That a field of a definition was changed in Slack, by a person, after it was last applied."""

    field: str
    by: str
    at: datetime
