"""`/slm dispute NAME from … to … ground … against TEAM because …`: contests minutes, an owner or a target."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.ask import Ask
from commands.asked_about import objective_meant
from commands.dispute_said import draw, post
from commands.meant import require_objectives
from commands.outsiders import outsider_teams
from commands.people_of import able_people, spoken_for
from domain.agreement import Agreement
from domain.dispute import Claim, Contested, Dispute, DisputeGround, DisputeStage, Subject
from domain.dispute_request import (
    EXAMPLE,
    DisputeRequest,
    claim_of,
    events_meant,
    ground_meant,
    read_dispute,
    span_meant,
)
from domain.lookup import Kind, cleaned
from domain.method import Occurrences
from domain.objective import Objective
from domain.refusal import Refusal
from domain.responsibility import Role
from domain.retention import refuse_unknown
from domain.team import Team
from messages.dispute_answers import joined, raised
from messages.dispute_forms import dispute_form as form_of
from messages.form import Form
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction

MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Case:
    """What a dispute is about: the objective, whose it is, under which agreement."""

    objective: Objective
    owner: str | None
    agreement: Agreement | None

    @property
    def customer(self) -> str | None:
        """The customer of the agreement."""
        return self.agreement.customer if self.agreement else None


@dataclass(frozen=True, slots=True)
class About:
    """On what ground what is contested, in whose words."""

    ground: DisputeGround
    what: Contested
    words: str


def dispute(ask: Ask, store: Store) -> Message:
    """The row, its claim and the messages of it in both channels, in one transaction."""
    request = read_dispute(ask.rest)
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        case = _case(tx, request, ask)
        ground = ground_meant(request.ground)
        if not request.words:
            raise Refusal(f"Say why: `because …`. For example:\n`{ask.command} dispute {EXAMPLE}`")
        raiser = _raiser(tx, case, ask)
        counterpart = _counterpart(tx, request, ground, case, raiser, ask)
        what = _contested(tx, request, ground, case, raiser, ask.at)
        if same := _same(tx, case, what, ground):
            return _join(tx, same, raiser, request, ask)
        with tx.measurements.recounted():
            about = About(ground, what, request.words)
            one = tx.disputes.add(_drafted(tx, case, raiser, counterpart, about, ask))
        tx.disputes.note(one, "raise", at=ask.at, by=ask.person, team=raiser.name, words=one.words)
        told = tx.dispute_facts.of(one, at=ask.at)
        post(tx, told, ask)
        return raised(told, able_people(tx, [counterpart]) if raiser.internal else [])


def dispute_form(ask: Ask, store: Store) -> Form | None:
    """What is contested, on what ground, against whom, why; None where that was said."""
    request = read_dispute(ask.rest)
    if request.whole:
        return None
    with store.read(ask.workspace) as tx:
        case = _case(tx, request, ask)
        raiser = _raiser(tx, case, ask)
        [standing] = tx.standings.of([case.objective.name], at=ask.at)
        # Whom else there is is nothing for customers: theirs is who promised it.
        others = [team for team in tx.teams.all() if team.name != raiser.name and raiser.internal]
        return form_of(standing, tx.spells.of(standing), others, case.customer, raiser.timezone)


def _case(tx: Transaction, request: DisputeRequest, ask: Ask) -> Case:
    require_objectives(tx)
    if not request.name:
        raise Refusal(f"Which objective? For example:\n`{ask.command} dispute {EXAMPLE}`")
    name = _name_meant(tx, request.name, ask)
    objective = next(one.objective for one in tx.objectives.called([name], at=ask.at))
    terms = objective.terms(at=ask.at)
    agreement = next((one for one in tx.agreements.all() if one.name == terms.agreement), None)
    return Case(objective, terms.owner, agreement)


def _name_meant(tx: Transaction, name: str, ask: Ask) -> str:
    """The objective's name; customers are told of theirs only. Raises `Refusal`."""
    theirs = {team.name for team in outsider_teams(tx, ask)}
    if not theirs:
        return objective_meant(tx, name, ask)
    promised = {one.name for one in tx.agreements.all() if one.customer in theirs}
    known = [one.name for one in tx.objectives.all() if one.terms(at=ask.at).agreement in promised]
    wanted = name.lower().removeprefix(f"{Kind.OBJECTIVE}:")
    found = [one for one in known if one == wanted] or [one for one in known if one.startswith(wanted)]
    if len(found) != 1:
        listed = ", ".join(f"`{cleaned(one)}`" for one in known[:MOST_NAMED])
        raise Refusal(f"Which of your service levels? {listed or 'None is promised to you.'}")
    return found[0]


def _raiser(tx: Transaction, case: Case, ask: Ask) -> Team:
    """For which team the asker raises it: the owner, a responsible one, the customer. Raises `Refusal` for others."""
    responsible = [one.team for one in case.objective.roles if one.role is Role.RESPONSIBLE]
    names = [name for name in (case.owner, *responsible, case.customer) if name]
    teams = {team.name: team for team in tx.teams.all()}
    able = [teams[name] for name in dict.fromkeys(names) if name in teams]
    found = spoken_for(tx, able, ask)
    if not found:
        who = ", ".join(cleaned(team.display_name or team.name) for team in able) or "nobody yet"
        raise Refusal(
            f"Only who answers for {cleaned(case.objective.name)}, or its\ncustomer, can contest it: {who}."
        )
    return found[0]


def _counterpart(
    tx: Transaction, request: DisputeRequest, ground: DisputeGround, case: Case, raiser: Team, ask: Ask
) -> Team:
    """The team against which it is raised; where none is named, whom the agreement suggests. Raises `Refusal`."""
    teams = {team.name: team for team in tx.teams.all()}
    if request.against:
        kind = f"{Kind.TEAM}:"
        wanted = request.against.removeprefix(kind)
        found = tx.names.in_force(at=ask.at).find(f"{kind}{wanted}").name
    else:
        found = _suggested(ground, case, raiser) or ""
    if found not in teams:
        raise Refusal(f"Against whom? For example:\n`{ask.command} dispute {EXAMPLE}`")
    if found == raiser.name:
        raise Refusal("A team cannot contest against itself.\nName the other party: `against TEAM`")
    if ground is DisputeGround.NOT_OURS and not teams[found].internal:
        raise Refusal(
            f"{cleaned(found)} is no team of ours, so it cannot own\nan objective. Name one that is."
        )
    return teams[found]


def _suggested(ground: DisputeGround, case: Case, raiser: Team) -> str | None:
    """Who decides together with the raiser what was promised; whose fault, or whose it is, has to be said."""
    if ground in (DisputeGround.DEPENDENCY, DisputeGround.NOT_OURS) or case.agreement is None:
        return None
    return case.agreement.provider if raiser.name == case.customer else case.customer


def _contested(
    tx: Transaction, request: DisputeRequest, ground: DisputeGround, case: Case, raiser: Team, at: datetime
) -> Contested:
    """Raises `Refusal` where the minutes cannot be contested like that."""
    if ground.subject is not Subject.MINUTES:
        if request.span:
            raise Refusal("This ground is about the objective, not about minutes.\nLeave `from … to …` out.")
        return Contested()
    name = case.objective.name
    if not request.span:
        raise Refusal(f"From when to when? For example:\n`dispute {EXAMPLE}`")
    [kept] = tx.objectives.called([name], at=at)
    spans = (span_meant(request.span, ZoneInfo(raiser.timezone), at=at),)
    refuse_unknown(name, spans[0][0], kept.pruned_until)
    events = events_meant(request.events)
    claim = claim_of(request, events)
    _refuse_claim(case, claim, raiser, at)
    minutes = tx.dispute_facts.minutes(name, spans)
    if not minutes:
        raise Refusal(
            "Nothing was measured in these minutes.\nCheck the day and the times; your clocks are those of "
            f"{raiser.timezone}."
        )
    bad = sum(one.total - one.good for one in minutes)
    if claim is not Claim.FAILED and not bad and ground is not DisputeGround.PLANNED_WORK:
        raise Refusal(
            "Nothing failed in these minutes, so there is nothing\nto take out. Check the day and the times."
        )
    if events is not None and events > bad:
        raise Refusal(f"Only {bad:,} events failed in these minutes.\nContest at most as many.")
    return tx.dispute_facts.contesting(name, claim, spans, events)


def _refuse_claim(case: Case, claim: Claim, raiser: Team, at: datetime) -> None:
    if claim is Claim.FAILED and raiser.name != case.customer:
        raise Refusal("Only the customer can say that more failed than was\nmeasured. Leave `failed` out.")
    if claim is Claim.EVENTS and not isinstance(case.objective.terms(at=at).method, Occurrences):
        raise Refusal("This objective counts minutes, not events:\ncontest whole minutes, without `events`.")


def _same(tx: Transaction, case: Case, what: Contested, ground: DisputeGround) -> Dispute | None:
    """The undecided one about the same minutes, or about the same owner or target."""
    for one in tx.disputes.of(case.objective.name):
        alike = one.overlaps(what.spans) if what.spans else one.ground is ground
        if one.undecided and alike:
            return one
    return None


def _join(tx: Transaction, same: Dispute, raiser: Team, request: DisputeRequest, ask: Ask) -> Message:
    """A second team joins it. Raises `Refusal` for a party: it is in dispute already."""
    if raiser.name in same.teams:
        raise Refusal(
            f"This is in dispute already: {same.called}.\nSee it: `{ask.command} show {same.called}`"
        )
    one = same.join(raiser.name, by=ask.person, at=ask.at, words=request.words)
    tx.disputes.save(one)
    tx.disputes.note(one, "join", at=ask.at, by=ask.person, team=raiser.name, words=request.words)
    told = tx.dispute_facts.of(one, at=ask.at)
    post(tx, told, ask)
    draw(tx, told)
    return joined(told)


def _drafted(tx: Transaction, case: Case, raiser: Team, counterpart: Team, about: About, ask: Ask) -> Dispute:
    one = Dispute(
        number=0,
        objective=case.objective.name,
        ground=about.ground,
        version=case.objective.terms(at=ask.at).version,
        agreement=case.agreement.name if case.agreement else None,
        owner=case.owner,
        raiser=raiser.name,
        counterpart=counterpart.name,
        words=about.words,
        raised_by=ask.person,
        raised_at=ask.at,
        stage=DisputeStage.ANSWERING,
        turn_since=ask.at,
        due_at=None,
        contested=about.what,
        with_customer=case.customer in (raiser.name, counterpart.name),
        new_owner=counterpart.name if about.ground is DisputeGround.NOT_OURS else None,
    )
    return replace(one, due_at=tx.dispute_facts.answer_due(one, counterpart.name, at=ask.at))
