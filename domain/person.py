"""People, as messages name them."""

import re

FORMER = "a former member"
"""How somebody is named whose name was erased."""

SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,}")
_ERASED = re.compile(r"erased-P\d+")


def erased(reference: str) -> str:
    """What stands for somebody whose name was erased: it still tells two of them apart."""
    return f"erased-{reference}"


def is_erased(person: str) -> bool:
    """Whether that is nobody's name any more."""
    return bool(_ERASED.fullmatch(person))


def called(person: str) -> str:
    """The person's name, or the words for somebody whose name was erased."""
    return FORMER if is_erased(person) else person


def is_slack_id(person: str) -> bool:
    """Whether Slack knows the person by this, so that they can be written to; an address is none."""
    return bool(SLACK_ID.fullmatch(person))
