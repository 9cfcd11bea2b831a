"""Which spells of a figure were warned of."""

from collections.abc import Sequence
from datetime import datetime

from domain.breach_warning import BreachWarning
from domain.episode import Episode, WarningKind
from domain.minutes import minute_of
from domain.sight import QUIET
from domain.spells import Spell


def warned_of(spell: Spell, name: str, warnings: Sequence[BreachWarning], *, at: datetime) -> str:
    """ "W-31": the first warning that was open while the objective failed, or soon after; "" without one."""
    return next(
        (
            warning.name
            for warning in warnings
            for part in warning.episodes
            if part.objective == name and part.kind is WarningKind.BURN and _meets(part, spell, at)
        ),
        "",
    )


def _meets(episode: Episode, spell: Spell, at: datetime) -> bool:
    """What fails for a minute or two is seen only when it is over."""
    seen, over = minute_of(episode.began_at), minute_of(episode.resolved_at or at)
    return seen <= spell.end + QUIET and spell.start <= over
