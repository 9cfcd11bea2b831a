"""Who acknowledged an objective, or has not yet, in words."""

from datetime import date, datetime

from domain.acknowledgement import Acknowledgement, Stage
from domain.answered import Answers
from domain.moment import date_words
from messages.dates import Dates
from messages.escaping import plain
from messages.planned import person_words

SHORT = 40


def answer_lines(answers: Answers, version: int, dates: Dates) -> list[str]:
    """ "acknowledged by @ana, 12 Jan 2026", "not acknowledged yet: payments, by Mon 30 Nov"; of terms of `version`."""
    lines = [_yes(answers.holding, dates)] if answers.holding else []
    pending = answers.pending
    if pending is None:
        return lines
    about = f"version {pending.version}: " if pending.version != version else ""
    return [*lines, about + pending_words(pending, dates)]


def until_words(yes: Acknowledgement, dates: Dates) -> str:
    """ "until 24 Nov 2027": how long it is good, if the terms stay."""
    return f"until {_date(yes.expires_at or yes.asked_at, dates)}"


def pending_words(one: Acknowledgement, dates: Dates) -> str:
    """ "not acknowledged yet: payments, by Mon 30 Nov", "declined by @ana: target unrealistic"."""
    if one.stage is Stage.DECLINED:
        ground = f": {one.ground.said}" if one.ground else ""
        return f"declined by {person_words(one.answered_by or one.team)}{ground}"
    if one.stage is Stage.WITHDRAWN:
        return (
            f"withdrawn by {person_words(one.ended_by or one.team)}, {_date(one.ended_at or dates.at, dates)}"
        )
    if one.stage is Stage.ACKNOWLEDGED:
        expired = one.expires_at is not None and one.expires_at <= dates.at
        return f"{_yes(one, dates)}, {until_words(one, dates)}" if expired else _yes(one, dates)
    return f"not acknowledged yet: {plain(one.team, SHORT)}, by {dates.day(_on(one.due_at, dates))}"


def _yes(one: Acknowledgement, dates: Dates) -> str:
    by, at = one.answered_by or one.team, one.answered_at or one.asked_at
    return f"acknowledged by {person_words(by)}, {_date(at, dates)}"


def _date(instant: datetime, dates: Dates) -> str:
    return date_words(_on(instant, dates))


def _on(instant: datetime, dates: Dates) -> date:
    return dates.local(instant).date()
