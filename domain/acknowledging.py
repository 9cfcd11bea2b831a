"""How an objective's owner is asked to acknowledge it."""

from dataclasses import dataclass

from domain.time_limit import LimitUnit, TimeLimit

WITHIN = TimeLimit(5, LimitUnit.WORKING_DAYS)
EXPIRES = TimeLimit(365)


@dataclass(frozen=True, slots=True)
class Acknowledging:
    """An answer is due `within`; an acknowledgement is good for `expires`."""

    within: TimeLimit = WITHIN
    expires: TimeLimit = EXPIRES


DEFAULT_ACKNOWLEDGING = Acknowledging()
