"""What somebody typed after "because"."""

import re

from domain.refusal import Refusal

MOST_REASON = 500
_BECAUSE = re.compile(r"(?:^|\s+)because:?\s+", re.IGNORECASE)
_TO = re.compile(r"(?P<name>.+)\s+to\s+(?P<team>.+)", re.IGNORECASE | re.DOTALL)


def split_reason(text: str) -> tuple[str, str]:
    """What stands before "because", and the reason without its quotation marks. Raises `Refusal` for a long one."""
    before, *after = _BECAUSE.split(text, maxsplit=1)
    reason = after[0].strip().strip('"“”').strip() if after else ""
    if len(reason) > MOST_REASON:
        raise Refusal(f"The reason has {len(reason)} characters, at most {MOST_REASON}.\nSay it shorter.")
    return before.strip(), reason


def split_team(text: str) -> tuple[str, str] | None:
    """NAME and TEAM of "NAME to TEAM"; None where it is not said like that."""
    found = _TO.fullmatch(text.strip())
    return (found["name"].strip(), found["team"].strip()) if found else None
