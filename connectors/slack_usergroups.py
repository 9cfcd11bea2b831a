"""Who is in a user group of Slack."""

from slack_sdk.web.async_client import AsyncWebClient

from connectors.slack_outcomes import not_looked_up
from domain.delivery import Barred, RateLimited, Refused
from domain.usergroup import Looked, Members, NotSaid

NO_ANSWER = "no_answer"
RATE_LIMITED = "ratelimited"


async def members_of(client: AsyncWebClient, usergroup: str) -> Members:
    """Its people, by their IDs. Raises what the client raises."""
    answer = await client.usergroups_users_list(usergroup=usergroup)
    return Members(tuple(str(one) for one in answer["users"]))


def not_said(error: BaseException) -> Looked:
    """What the lack of an answer means, in one word."""
    match not_looked_up(error):
        case Refused(word) | Barred(word):
            return NotSaid(word)
        case RateLimited():
            return NotSaid(RATE_LIMITED)
    return NotSaid(NO_ANSWER)
