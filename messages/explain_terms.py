"""How a figure came about, its end: by which terms, who answers for it, and what stands under it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

from domain.acknowledgement import Acknowledgement, Because, Stage
from domain.agreement import Agreement, AgreementKind
from domain.answered import NO_ANSWERS, Answers
from domain.guarantee import Guarantee, Supporter
from domain.standing import Standing
from domain.team import Team
from messages.answered import answer_lines
from messages.dates import Dates
from messages.escaping import plain
from messages.explain_minutes import limit_words
from messages.guarantee import under_lines
from messages.parties import SHORT, effect_words, team_words


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who answers for an objective, in which agreement, and whether they said so; `on` is the provider's date."""

    owner: Team | None
    agreement: Agreement | None
    on: date
    answers: Answers = NO_ANSWERS


def terms_part(standing: Standing, agreed: Agreed, dates: Dates) -> list[str]:
    """Which version of the terms, since when, who answers for it and said so, what was agreed."""
    terms = standing.terms
    since = f"since {dates.short(dates.local(terms.since).date())}" if terms.since else "from the beginning"
    owner = team_words(agreed.owner) if agreed.owner else "nobody"
    lines = ["*7 Terms*", f"Version {terms.version}, {since}", f"Owner: {owner}"]
    lines += answer_lines(agreed.answers, terms.version, dates)
    agreement = agreed.agreement
    if agreement is None:
        return [*lines, "No agreement"]
    effect = "".join(f" ({words})" for words in effect_words(agreement, agreed.on, dates))
    lines.append(f"{agreement.kind} {plain(agreement.name, SHORT)}: {_parties(agreement)}{effect}")
    if agreement.service_hours:
        lines.append(f"Service hours: {plain(agreement.service_hours, SHORT)}")
    notice = agreement.maintenance_notice
    if notice:
        lines.append(f"Planned work: announced {limit_words(notice)} ahead")
    return lines


def under_part(guarantee: Guarantee | None) -> list[str]:
    """What stands under it, and what that adds up to."""
    return ["*8 What stands under it*", *under_lines(guarantee)]


def _parties(agreement: Agreement) -> str:
    return f"{plain(agreement.provider, SHORT)} to {plain(agreement.customer, SHORT)}"


ASKED = datetime(2026, 1, 9, 9, tzinfo=UTC)
ANSWERED = datetime(2026, 1, 12, 10, tzinfo=UTC)
ACKNOWLEDGED = Acknowledgement(
    "checkout-availability",
    "payments",
    1,
    "",
    Because.NEW,
    ASKED,
    due_at=datetime(2026, 1, 16, 16, tzinfo=UTC),
    missing_from=ASKED,
    stage=Stage.ACKNOWLEDGED,
    answered_by="U0ANA",
    answered_at=ANSWERED,
    expires_at=datetime(2027, 1, 12, 10, tzinfo=UTC),
)
EXAMPLE_ANSWERS = Answers(ACKNOWLEDGED)
EXAMPLE_GUARANTEE = Guarantee(
    "checkout-availability",
    Fraction("0.999"),
    (
        Supporter("payments-db", Fraction("0.999"), AgreementKind.OLA),
        Supporter("bank-gateway", Fraction("0.998"), AgreementKind.UC),
    ),
)
