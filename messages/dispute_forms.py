"""Forms about disputes: each asks what could be typed as well."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from domain.dispute import Claim, DisputeGround
from domain.dispute_told import DisputeTold
from domain.minutes import instant_of
from domain.ratio import ceil_percent
from domain.spells import Spell, largest
from domain.standing import Standing
from domain.team import Team
from messages.asking import askable
from messages.dates import Dates
from messages.dispute_words import (
    GROUND_WORDS,
    amount_words,
    asked_words,
    figure_lines,
    outcome_words,
    said,
    spans_lines,
)
from messages.escaping import plain
from messages.explain_budget import cost_of, spell_words
from messages.figures import fit
from messages.form import Choice, Form, Words
from messages.parties import team_words
from messages.planned import person_words
from messages.reasons import capital

MOST_SPELLS = 5
MOST_TEAMS = 100
MOST_WORDS = 500
LABEL = 75
EVIDENCE = "Links are welcome: the thread is the record."


def dispute_form(
    standing: Standing, spells: Sequence[Spell], teams: Sequence[Team], customer: str | None, zone: str
) -> Form:
    """What is contested, on what ground, against whom, why; the bad spells are suggested."""
    grounds = [(capital(GROUND_WORDS[one]), f"ground {one.value}") for one in DisputeGround]
    others = sorted(teams, key=lambda team: (team.name != customer, team.name))
    against = [(fit(team_words(one), LABEL), f"against {one.name}") for one in others if askable(one.name)]
    span = Words(
        "From when to when?",
        prefix="from",
        optional=True,
        short=True,
        hint=f"Like: {_example(spells, zone)}. Not for an owner or a target.",
    )
    whom = [Choice("Against whom?", against[:MOST_TEAMS], optional=True)] if against else []
    why = Words("Why?", prefix="because", most=MOST_WORDS, hint=EVIDENCE)
    return Form(
        "Dispute",
        f"dispute {standing.name}",
        [span, Choice("On what ground?", grounds), *whom, why],
        submit="Raise",
        lines=[f"*{plain(standing.name)}*", *_spell_lines(spells, standing, zone)],
    )


def contest_form(told: DisputeTold) -> Form:
    """Why the counterpart does not agree."""
    return _reasons(told, "Contest", f"answer {told.dispute.called} contest")


def refuse_form(told: DisputeTold) -> Form:
    """Why the raiser does not take the part that was proposed."""
    return _reasons(told, "Refuse", f"answer {told.dispute.called} refuse")


def add_form(told: DisputeTold) -> Form:
    """Evidence: links, text."""
    return _reasons(told, "Add evidence", f"answer {told.dispute.called} add")


def appeal_form(told: DisputeTold) -> Form:
    """Why who lost appeals."""
    return _reasons(told, "Appeal", f"appeal {told.dispute.called}")


def propose_form(told: DisputeTold) -> Form:
    """Which part the counterpart would agree to."""
    one = told.dispute
    part = Words("Which part?", short=True, hint=_part_hint(told))
    why = Words("Why not all?", prefix="because", optional=True, most=MOST_WORDS)
    ask = f"answer {one.called} propose"
    return Form("Propose a part", ask, [part, why], submit="Propose", lines=_case_lines(told))


def rule_form(told: DisputeTold) -> Form:
    """The outcome, the part, the reasons; above them both sides, the figures and similar rulings."""
    one = told.dispute
    outcomes = [("Upheld", "upheld"), ("Rejected", "rejected")]
    fields: list[Choice | Words] = [Choice("How do you rule?", outcomes)]
    if one.contested.spans:
        outcomes.insert(1, ("Upheld in part", "part"))
        fields.append(Words("If in part: which?", optional=True, short=True, hint=_part_hint(told)))
    fields.append(Words("Your reasons", prefix="because", most=MOST_WORDS))
    return Form("Rule", f"rule {one.called}", fields, submit="Rule", lines=_case_lines(told))


def _reasons(told: DisputeTold, title: str, ask: str) -> Form:
    words = Words("Why?", prefix="because", most=MOST_WORDS, hint=EVIDENCE)
    return Form(title, ask, [words], submit=title, lines=_case_lines(told))


def _case_lines(told: DisputeTold) -> list[str]:
    """Both sides, the figures, what was ruled in similar cases."""
    one, dates = told.dispute, Dates(told.at, told.reader.timezone)
    head = [
        f"*{one.called} · {plain(one.objective)}*",
        f"{team_words(told.raiser)} asks {team_words(told.counterpart)}: {asked_words(one)}",
        *spans_lines(one.contested.spans, dates),
        f"Ground: {GROUND_WORDS[one.ground]}",
    ]
    spoken = [
        f"{person_words(entry.by)}: {said(entry.words)}" for entry in told.record if entry.by and entry.words
    ]
    figures = figure_lines(told)
    similar = [f"D-{each.dispute}: {outcome_words(one, each)}. {said(each.reasons)}" for each in told.similar]
    blocks = ["\n".join(head), "\n".join(spoken[-MOST_SPELLS:]), figures or ""]
    blocks.append("\n".join(["*Similar rulings*", *similar]) if similar else "")
    return [block for block in blocks if block]


def _part_hint(told: DisputeTold) -> str:
    one = told.dispute
    if one.contested.claim is Claim.EVENTS:
        return f"So many events, of {amount_words(one.contested)}: 18 events"
    if not one.contested.spans:
        return "Minutes"
    start, end = one.contested.spans[0]
    zone = ZoneInfo(told.reader.timezone)
    since, until = (instant_of(minute).astimezone(zone) for minute in (start, end))
    return f"Within {since:%Y-%m-%d %H:%M} to {until:%H:%M}, written like that"


def _spell_lines(spells: Sequence[Spell], standing: Standing, zone: str) -> list[str]:
    """The costliest bad spells of the period, the newest first."""
    if not spells:
        return ["No bad minutes in this period."]
    dates = Dates(standing.at, zone)
    return [
        "\n".join(
            [
                "Where the budget went:",
                *(_spell_words(one, standing, dates) for one in largest(spells, MOST_SPELLS)),
            ]
        )
    ]


def _spell_words(spell: Spell, standing: Standing, dates: Dates) -> str:
    allowed = standing.budget.allowed
    share = f": {ceil_percent(cost_of(standing, spell.lost) / allowed, 0)} of the budget" if allowed else ""
    return f"{spell_words(spell, dates)}{share}"


def _example(spells: Sequence[Spell], zone: str) -> str:
    if not spells:
        return "fri 21:14 to 21:40"
    newest = max(spells, key=lambda spell: spell.start)
    start, end = (instant_of(minute).astimezone(ZoneInfo(zone)) for minute in (newest.start, newest.end))
    return f"{start:%Y-%m-%d %H:%M} to {end:%H:%M}"
