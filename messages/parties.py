"""Teams and agreements in words."""

from collections.abc import Mapping
from datetime import date

from domain.agreement import Agreement, AgreementKind
from domain.standing import Standing
from domain.team import Team, TeamKind
from messages.dates import Dates
from messages.escaping import plain

SHORT = 40


def team_words(team: Team) -> str:
    """ "payments team"; a customer or third party by its name alone."""
    shown = plain(team.display_name.strip() or team.name, SHORT)
    if team.kind is not TeamKind.INTERNAL or shown.lower().endswith("team"):
        return shown
    return f"{shown} team"


def shown_name(name: str, teams: Mapping[str, Team]) -> str:
    """A team as it calls itself, else by its name."""
    team = teams.get(name)
    return plain((team.display_name.strip() if team else "") or name, SHORT)


def agreement_words(standing: Standing, agreements: Mapping[str, Agreement]) -> str | None:
    """ "SLA retail": the kind, and the other party; None without an agreement."""
    agreement = agreements.get(standing.terms.agreement or "")
    return f"{agreement.kind} {plain(other_party(agreement), SHORT)}" if agreement else None


def other_party(agreement: Agreement) -> str:
    """Whom it is promised to; for a third party's contract, who promises."""
    return agreement.provider if agreement.kind is AgreementKind.UC else agreement.customer


def effect_words(agreement: Agreement, on: date, dates: Dates) -> list[str]:
    """ "ended 31 Dec", "from 1 Jan 2027"; nothing where it is in effect on the provider's date `on`."""
    if agreement.in_effect(on):
        return []
    if agreement.effective_until and agreement.effective_until < on:
        return [f"ended {dates.short(agreement.effective_until)}"]
    return [f"from {dates.short(agreement.effective_from)}"] if agreement.effective_from else []
