"""Who answers for an objective, and whether that was acknowledged: the lines of its status."""

from collections.abc import Sequence

from domain.acknowledgement import Acknowledgement, Stage
from domain.team import Team
from messages.dates import Dates
from messages.parties import team_words
from messages.states import UNACKNOWLEDGED
from messages.waiting import MANAGERS, answer_words


def owner_lines(owner: Team | None, asked: Sequence[Acknowledgement], dates: Dates) -> list[str]:
    """ "Owner: payments team, acknowledged 12 Jan"; under it what is missing. `asked` is all that was, oldest first."""
    if owner is None:
        return ["Owner: nobody"]
    told = [one for one in asked if one.team == owner.name and one.asked_at <= dates.at]
    newest = told[-1] if told else None
    if newest is None or newest.stage in (Stage.SUPERSEDED, Stage.WITHDRAWN):
        return [f"Owner: {team_words(owner)}"]
    if newest.stage is Stage.DECLINED:
        return [f"Owner: {team_words(owner)}, which declined", _declined_words(newest, dates)]
    if newest.is_missing(at=dates.at):
        return [f"Owner: {team_words(owner)}", f"{UNACKNOWLEDGED}, {answer_words(newest.due_at, dates)}"]
    again = [f"To be acknowledged again, {answer_words(newest.due_at, dates)}"]
    return [
        f"Owner: {team_words(owner)}{_acknowledged(told, dates)}",
        *(again if newest.stage is Stage.OPEN else []),
    ]


def _acknowledged(told: Sequence[Acknowledgement], dates: Dates) -> str:
    days = [one.answered_at for one in told if one.answered_at and one.stage is not Stage.DECLINED]
    return f", acknowledged {dates.short(dates.local(days[-1]).date())}" if days else ""


def _declined_words(one: Acknowledgement, dates: Dates) -> str:
    since = f" {dates.since(one.answered_at)}" if one.answered_at else ""
    ground = f": {one.ground.said}" if one.ground else ""
    return f"✋ declined{since}{ground};\nthe {MANAGERS} decide, unowned until then"
