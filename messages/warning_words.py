"""Words that all warnings share: what fails, what is left, who owns it, and what stands under it."""

from fractions import Fraction

from domain.breach_warning import BreachWarning
from domain.budget import units_per_slice
from domain.burn import Severity
from domain.countdown import Countdown, countdown, counts_over, lost_share, pace_windows
from domain.counts import NOTHING, Counts
from domain.method import Timeslices
from domain.ratio import ceil_decimal, ceil_percent
from domain.sight import LENGTHS
from domain.standing import Standing, State
from domain.team import Team
from domain.warned import Warned, WarnedObjective
from messages.amounts import UNIT_LENGTH, attainment_words, budget_words, duration, left_percent, percent_left
from messages.dates import Dates
from messages.escaping import plain
from messages.parties import SHORT, agreement_words, team_words
from messages.reasons import capital, coverage_words
from messages.room import LINE, flowing
from messages.states import EMOJI, WORD
from messages.warning_times import MINUTE, at_moment
from messages.warning_told import Told

OVER_MARK = "☑️"
MOST_BURNING = 3


def dates_of(warned: Warned) -> Dates:
    """Words for dates on the clocks of the channel's team."""
    return Dates(warned.at, warned.zone)


def state_of(one: WarnedObjective) -> State:
    """How it stands; while its warning is open at least at risk."""
    state = one.standing.state
    return State.AT_RISK if state is State.MET and one.episode.is_open else state


def headline(one: WarnedObjective) -> str:
    """ "⚠️ *checkout-availability* · at risk"."""
    state = state_of(one)
    return f"{EMOJI[state]} *{plain(one.name)}* · {WORD[state]}"


def over_headline(one: WarnedObjective) -> str:
    """ "☑️ *checkout-availability* · over, still at risk"."""
    state = one.standing.state
    if state is State.BREACHED:
        return f"{EMOJI[state]} *{plain(one.name)}* · over, still breached"
    still = "still " if state is State.AT_RISK else ""
    return f"{OVER_MARK} *{plain(one.name)}* · over, {still}{WORD[state]}"


def figures_lines(one: WarnedObjective, warned: Warned) -> list[str]:
    """Attainment and budget; while it is open also what was left when it began."""
    budget, was = budget_words(one.standing), _was_left(one, warned)
    coverage = [capital(words) for words in coverage_words(one.standing)]
    return [attainment_words(one.standing), f"{budget}, {was}" if was else budget, *coverage]


def owner_lines(one: WarnedObjective, warned: Warned) -> list[str]:
    """ "Owner: payments team · SLA retail"; then what burns as well."""
    name, teams = one.standing.terms.owner, warned.promises.teams
    owner = team_words(teams.get(name, Team(name))) if name else "nobody"
    agreement = agreement_words(one.standing, warned.promises.agreements)
    return [*flowing([f"Owner: {owner}", *([agreement] if agreement else [])]), *burning_lines(warned)]


def burning_lines(warned: Warned) -> list[str]:
    """ "Burns as well: payments-db (data platform)"."""
    if not warned.burning:
        return []
    words = [_burning(name, owner, warned) for name, owner in warned.burning[:MOST_BURNING]]
    more = len(warned.burning) - len(words)
    first, *others = [*words, *([f"{more:,} more"] if more else [])]
    return flowing([f"Burns as well: {first}", *others])


def windows_of(one: WarnedObjective) -> tuple[int, int]:
    """The short and the long window that its warning goes by."""
    return pace_windows(one.standing, one.episode.severity)


def countdown_of(one: WarnedObjective) -> Countdown | None:
    """When its budget is gone at the pace of the short window; None where nothing fails just now."""
    return None if eases(one) else countdown(one.standing, windows_of(one))


def failing_words(one: WarnedObjective) -> str:
    """ "14% of requests are failing", "4 of the last 5 minutes failed"; empty where nothing does just now."""
    counts, share = _failing(one)
    if not share:
        return ""
    method = one.standing.terms.method
    if isinstance(method, Timeslices):
        return _slices_words(counts, method.slice_minutes)
    return f"{share_words(share, one.standing)} are failing"


def failing_briefly(one: WarnedObjective) -> str:
    """The same for a line of several: "14% failing", "4 of 5 min failed"."""
    counts, share = _failing(one)
    if not share:
        return ""
    length = one.standing.terms.method.slice_minutes
    if length and isinstance(one.standing.terms.method, Timeslices):
        bad = counts.slices_total - counts.slices_good
        return f"{bad * length:,} of {counts.slices_total * length:,} min failed"
    return f"{'all' if share == 1 else lost_percent(share)} failing"


def eases(one: WarnedObjective) -> bool:
    """Whether an urgent one has no loss in the shortest window in which something was counted."""
    shares = (lost_share(one.standing, counts_over(one.standing, window)) for window in _shortest(one))
    return next((share == 0 for share in shares if share is not None), False)


def shortest_window(one: WarnedObjective) -> int:
    """The window in which an urgent one is seen to ease first, else the short one that its warning goes by."""
    return next(iter(_shortest(one)), windows_of(one)[0])


def subject_words(warning: BreachWarning) -> str:
    """ "checkout-availability", "7 objectives of checkout"."""
    told = warning.open_episodes or warning.episodes
    if len(told) == 1:
        return plain(told[0].objective)
    return f"{len(told):,} objectives of {plain(warning.service, SHORT)}"


def share_words(share: Fraction, standing: Standing) -> str:
    """ "14% of requests", "All requests": rounded up."""
    unit = unit_words(standing)
    return f"All {unit}" if share == 1 else f"{lost_percent(share)} of {unit}"


def lost_percent(share: Fraction) -> str:
    """ "14%", "1.6%", "0.04%": two digits at most, rounded up."""
    if 99 < share * 100 < 100:
        return "Over 99%"
    places = next((places for places, least in ((0, 10), (1, 1), (2, 0)) if share * 100 >= least), 2)
    return ceil_percent(share, places)


def unit_words(standing: Standing) -> str:
    """ "requests"; "events" where none is named."""
    return plain(standing.terms.unit, UNIT_LENGTH) if standing.terms.unit else "events"


def cost_words(one: WarnedObjective) -> str:
    """ "12% of the budget (3,024 requests)"; the share rounded up."""
    amount, cost = _lost_amount(one), one.cost
    return amount if cost is None else f"{ceil_percent(cost, 0)} of the budget ({amount})"


def burn_words(one: WarnedObjective) -> str:
    """ "burn 140 over 5 min, 17 over 1 h": rates rounded up."""
    windows = dict.fromkeys(windows_of(one))
    rates = [(_rate(one.standing, window), duration(window)) for window in windows]
    return "burn " + ", ".join(f"{rate} over {length}" for rate, length in rates if rate)


def severity_words(severity: Severity) -> str:
    """ "urgent", "can wait"."""
    return "urgent" if severity is Severity.PAGE else "can wait"


def footer_lines(warned: Warned, told: Told) -> list[str]:
    """ "W-42 · urgent", how it ended or when it was edited, where there is more; then what else is to be said."""
    warning = warned.warning
    words = [warning.name, severity_words(warning.severity)]
    if not _is_edited(warned):
        return [" · ".join(word for word in (*words, told.ending, told.beside) if word)]
    words.append(told.ending or f"edited {dates_of(warned).time(warned.at)}")
    first = " · ".join([*words, *(["more in the thread"] if has_thread(warned) else [])])
    return [first, *([told.beside] if told.beside else [])]


def has_thread(warned: Warned) -> bool:
    """Whether anything happened in it that its thread tells."""
    warning = warned.warning
    return bool(
        warning.acknowledged_by
        or warning.snoozed_by
        or warning.reminded
        or not warning.is_open
        or any(one.reopened or one.breached_at for one in warning.episodes)
        or any(one.opened_at and one.opened_at > warning.opened_at for one in warning.episodes)
    )


def _is_edited(warned: Warned) -> bool:
    said = warned.warning.said_at
    return said is not None and warned.at - said >= MINUTE


def _was_left(one: WarnedObjective, warned: Warned) -> str:
    if one.left_before is None or not one.episode.is_open or state_of(one) is State.BREACHED:
        return ""
    before = percent_left(one.left_before)
    if before == left_percent(one.standing):
        return ""
    return f"was {before} {at_moment(one.failing_since, dates_of(warned))}"


def _burning(name: str, owner: str | None, warned: Warned) -> str:
    team = warned.promises.teams.get(owner or "")
    shown = plain((team.display_name.strip() if team else "") or owner or "", LINE) if owner else ""
    return f"{plain(name)} ({shown})" if shown else plain(name)


def _failing(one: WarnedObjective) -> tuple[Counts, Fraction]:
    """The counts of the short window, and the share of them that was lost: 0 where it eases."""
    counts = counts_over(one.standing, windows_of(one)[0]) or NOTHING
    share = lost_share(one.standing, counts)
    return counts, Fraction(0) if share is None or eases(one) else share


def _shortest(one: WarnedObjective) -> list[int]:
    """Of an urgent one: the windows that have a whole slice, up to the short one that its warning goes by."""
    if one.episode.severity is not Severity.PAGE:
        return []
    method, short = one.standing.terms.method, windows_of(one)[0]
    return [length for length in LENGTHS if method.slice_minutes <= length <= short]


def _slices_words(counts: Counts, length: int) -> str:
    slices = "minutes" if length == 1 else f"slices of {length} min"
    return f"{counts.slices_total - counts.slices_good:,} of the last {counts.slices_total:,} {slices} failed"


def _lost_amount(one: WarnedObjective) -> str:
    """ "3,024 requests", "36 min"."""
    method = one.standing.terms.method
    if not method.slice_minutes:
        return f"{one.lost:,} {unit_words(one.standing)}"
    minutes = Fraction(one.lost * method.slice_minutes, units_per_slice(method))
    return duration(-(-minutes.numerator // minutes.denominator))


def _rate(standing: Standing, window: int) -> str:
    share = lost_share(standing, counts_over(standing, window))
    if share is None:
        return ""
    rate = share / (1 - standing.terms.target)
    whole, point, part = ceil_decimal(rate, 0 if rate >= 10 else 1).partition(".")
    return f"{int(whole):,}{point}{part}"
