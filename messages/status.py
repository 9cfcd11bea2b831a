"""How things stand: an overview of many objectives, or one objective in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from domain.acknowledgement import Acknowledgement, Stage
from domain.agreement import Agreement, AgreementKind
from domain.breach_warning import BreachWarning
from domain.in_effect import Uncounted
from domain.ratio import exact_percent
from domain.standing import Standing, State
from domain.team import Team
from domain.urgency import by_urgency
from messages.amounts import attainment_percent, attainment_words, budget_words, left_percent
from messages.asking import ask_button, askable
from messages.blocks import Block, actions, section
from messages.contested import CONTESTED, contested_line
from messages.dates import Dates
from messages.escaping import plain
from messages.example import AGREEMENTS, CHECKOUT, PAYMENTS, STANDINGS
from messages.message import Message
from messages.parties import SHORT, effect_words, other_party, team_words
from messages.reasons import capital, coverage_words, ends, silence_length, silence_words, why
from messages.room import fitting, pieces
from messages.rows import rest_words
from messages.states import EMOJI, UNACKNOWLEDGED, WORD, counts_words
from messages.status_owner import owner_lines
from messages.status_warnings import EXAMPLE_OVER, warnings_lines
from messages.uncounted import uncounted_section, uncounted_why
from messages.waiting import question
from messages.windows import window_words

MOST_LINES = 100
ROOM_OF_LINES = 10_500


@dataclass(frozen=True, slots=True)
class Overview:
    """The objectives of a team, a service or several teams; `title` is written as it is, so escaped before.

    `uncounted` are those whose agreement is not in effect, and none of the standings; dates are those of `at`.
    """

    title: str
    standings: Sequence[Standing]
    uncounted: Sequence[Uncounted] = ()
    at: datetime | None = None

    @property
    def left_out(self) -> list[Block]:
        """What is said of those."""
        return uncounted_section(self.uncounted, Dates(self.at)) if self.at else []


@dataclass(frozen=True, slots=True)
class ObjectiveStatus:
    """One objective with its owner (None: unowned) and agreement; `on` is the provider's date, None: that of `zone`.

    `warnings` are those about it that are open, or were lately; `asked` is all that its owners were asked.
    """

    standing: Standing
    owner: Team | None
    agreement: Agreement | None
    zone: str = "UTC"
    on: date | None = None
    warnings: Sequence[BreachWarning] = ()
    asked: Sequence[Acknowledgement] = ()

    @property
    def dates(self) -> Dates:
        """Words for dates, in the zone of whoever asks."""
        return Dates(self.standing.at, self.zone)


def overview(facts: Overview, *, command: str = "/slm") -> Message:
    """All objectives by urgency, under a heading for each state."""
    if not facts.standings and facts.left_out:
        head = section(f"*{facts.title} · now*", "No objectives count at present.")
        return Message(f"{facts.title}: no objectives count.", (head, *facts.left_out))
    if not facts.standings:
        lines = ("No objectives yet. An operator can load some:", "`steward apply FILES`")
        return Message(f"{facts.title}: no objectives yet.", (section(f"*{facts.title} · now*", *lines),))
    ranked = by_urgency(facts.standings)
    shown = fitting(ranked, _entry, most=MOST_LINES, room=ROOM_OF_LINES)
    texts = pieces(_grouped(ranked, shown))
    rest = ranked[len(shown) :]
    if rest:
        texts.append(f"{rest_words(rest)}. Fewer at once: `{command} status SERVICE`")
    blocks = [
        section(f"*{facts.title} · now*", counts_words(ranked, bold=True)),
        *map(section, texts),
        *facts.left_out,
    ]
    hint = f"one of them: `{command} status NAME`"
    return Message(f"{facts.title}: {counts_words(ranked, separator=', ')}.", tuple(blocks), hint)


def _grouped(ranked: Sequence[Standing], entries: Sequence[str]) -> list[str]:
    """The entries, each state's first under that state's heading."""
    lines: list[str] = []
    for index, (standing, entry) in enumerate(zip(ranked, entries, strict=False)):
        if not index or ranked[index - 1].state is not standing.state:
            entry = f"{EMOJI[standing.state]} *{WORD[standing.state]}*\n{entry}"
        lines.append(entry)
    return lines


def _entry(standing: Standing) -> str:
    marks = [CONTESTED] if standing.contested else []
    marks += [UNACKNOWLEDGED] if standing.unacknowledged else []
    mark = "".join(f" · {one}" for one in marks)
    name, silence = f"{plain(standing.name)}{mark}", silence_length(standing)
    if standing.state is State.NO_DATA:
        reasons = silence or why(standing, Dates(standing.at))
        return "\n  ".join([name, *reasons[:1]])
    figures = f"{attainment_percent(standing)}, target {exact_percent(standing.terms.target)}"
    return "\n  ".join([name, f"{figures} · budget left {left_percent(standing)}", *silence])


def objective_status(facts: ObjectiveStatus) -> Message:
    """One objective: figures, why, until when, who answers for it, to whom it is promised."""
    standing = facts.standing
    name, dates = plain(standing.name), facts.dates
    word, figures = WORD[standing.state], _figures(standing)
    lines = [
        f"{EMOJI[standing.state]} *{name}* · {word}",
        *figures,
        *_why_lines(standing, dates),
        *contested_line(standing),
        *owner_lines(facts.owner, facts.asked, dates),
        *_promise(facts),
        *warnings_lines(standing.name, facts.warnings, dates),
    ]
    told = f"{name}: {word}. {figures[0]}."
    return Message(told, (section(*lines), *_explained(standing)), f"figures to {dates.time(standing.at)}")


def _explained(standing: Standing) -> list[Block]:
    asked = f"explain objective:{standing.name}"
    return [actions(ask_button("Explain", asked))] if askable(asked) else []


def _figures(standing: Standing) -> list[str]:
    """Attainment and budget; without data the target alone, since any figure would pretend to know."""
    if standing.state is not State.NO_DATA:
        return [attainment_words(standing), budget_words(standing)]
    window = window_words(standing.terms.window, standing.period)
    return [f"Target {exact_percent(standing.terms.target)}, {window}"]


def _why_lines(standing: Standing, dates: Dates) -> list[str]:
    beside = (
        [] if standing.state is State.NO_DATA else silence_words(standing, dates) + coverage_words(standing)
    )
    reasons, end = why(standing, dates), ends(standing, dates)
    lines = [capital(reason) for reason in beside]
    if reasons:
        lines.append("Why: " + ",\n".join(reasons))
    return [*lines, f"Until: {end}"] if end else lines


def _promise(facts: ObjectiveStatus) -> list[str]:
    agreement, dates = facts.agreement, facts.dates
    if agreement is None:
        return []
    relation = "Promised by" if agreement.kind is AgreementKind.UC else "Promised to"
    name = f"{agreement.kind} {plain(agreement.name, SHORT)}"
    on = facts.on or dates.today
    which = ", ".join([name, *effect_words(agreement, on, dates)])
    promised = f"{relation}: {plain(other_party(agreement), SHORT)} ({which})"
    return [promised, *uncounted_why(agreement, on, dates)]


EXAMPLE_OVERVIEW = Overview(team_words(PAYMENTS), STANDINGS)
EXAMPLE = ObjectiveStatus(
    CHECKOUT,
    PAYMENTS,
    AGREEMENTS["checkout-sla"],
    PAYMENTS.timezone,
    warnings=(EXAMPLE_OVER,),
    asked=(
        question(
            CHECKOUT.name,
            PAYMENTS.name,
            date(2026, 1, 19),
            asked_at=datetime(2026, 1, 12, 8, tzinfo=UTC),
            stage=Stage.ACKNOWLEDGED,
            answered_by="U0ANA",
            answered_at=datetime(2026, 1, 12, 10, tzinfo=UTC),
        ),
    ),
)
