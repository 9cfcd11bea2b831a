"""What changed since the last digest, in words."""

from collections.abc import Sequence

from domain.news import Change, News
from domain.standing import Standing
from messages.amounts import left_percent, percent_left
from messages.dates import Dates
from messages.states import WORD


def since_words(news: News, standings: Sequence[Standing], dates: Dates) -> list[str]:
    """ "Since Mon: 2 worse, none better"; nothing where there was no digest to compare with."""
    if news.since is None:
        return []
    worse, better, new = news.worse(standings), news.better(standings), news.added(standings)
    words = f"{worse or 'none'} worse, {better or 'none'} better" if worse or better else "no state changed"
    added = f", {new:,} new" if new else ""
    return [f"Since {dates.weekday(news.since)}: {words}{added}"]


def push_words(news: News, standings: Sequence[Standing], dates: Dates) -> str:
    """ " 2 worse since Mon."; what got better only where nothing got worse."""
    if news.since is None:
        return ""
    counted = ((news.worse(standings), "worse"), (news.better(standings), "better"))
    told = next((f" {count:,} {word}" for count, word in counted if count), None)
    return f"{told} since {dates.weekday(news.since)}." if told else ""


def state_with_news(standing: Standing, news: News) -> str:
    """ "at risk (was met)", "breached, new period", or the plain word."""
    word, before = WORD[standing.state], news.was(standing)
    if before and before.state is not standing.state:
        return f"{word} (was {WORD[before.state]})"
    return f"{word}, new period" if news.change(standing) is Change.WORSE else word


def was_left(standing: Standing, news: News) -> str:
    """ "was 27%", where another percentage was told; else nothing."""
    before = news.was(standing)
    if before is None or before.left is None:
        return ""
    told = percent_left(before.left)
    return f"was {told}" if told != left_percent(standing) else ""
