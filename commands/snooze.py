"""`/slm snooze NAME TIME`: nobody is asked because of a warning until then, unless it gets urgent."""

from commands.ask import Ask
from commands.meant import require_objectives
from commands.warning_meant import note_warning, save_and_say, warning_meant
from domain.audit_action import Action
from domain.breach_warning import BreachWarning
from domain.calendars import office_calendar
from domain.snoozing import NOBODYS, Landmarks, NoTime, SnoozeRequest, running_until
from domain.team import Team
from domain.warned import Happening, Turn
from messages.acked import Answered, is_over
from messages.acked import snooze_form as form_of
from messages.acked import snoozed as snoozed_message
from messages.form import Form
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction


def snooze(ask: Ask, store: Store) -> Message:
    """A length of time, a time of day, or what it lasts until."""
    request = SnoozeRequest.of(ask.rest)
    with store.transaction(ask.workspace) as tx:
        require_objectives(tx)
        tx.breach_warnings.lock()
        warning = warning_meant(tx, request.name, ask)
        team = next((one for one in tx.teams.all() if one.name == warning.team), None)
        zone = (team or NOBODYS).timezone
        if not warning.is_open:
            return is_over(Answered(warning, ask.at, zone))
        until = _landmarks(tx, warning, team, ask).instant(request.words)
        changed = warning.snooze(until, by=ask.person, at=ask.at)
        save_and_say(tx, changed, Happening(Turn.SNOOZED, ask.at, by=ask.person), ask)
        note_warning(tx, Action.WARNING_SNOOZED, changed, ask, until=until.isoformat())
    return snoozed_message(Answered(changed, ask.at, zone))


def snooze_form(ask: Ask, store: Store) -> Form | None:
    """Until when; None where that was said."""
    try:
        SnoozeRequest.of(ask.rest)
    except NoTime:
        with store.read(ask.workspace) as tx:
            return form_of(warning_meant(tx, ask.rest, ask))
    return None


def _landmarks(tx: Transaction, warning: BreachWarning, team: Team | None, ask: Ask) -> Landmarks:
    names = {one.objective for one in warning.open_episodes}
    objectives = [one for one in tx.objectives.in_force(at=ask.at) if one.name in names]
    maintenance = running_until(tx.exclusions.all(), objectives, at=ask.at)
    calendars = {calendar.name: calendar for calendar in tx.calendars.all()}
    calendar = team.working_calendar(calendars) if team else office_calendar(NOBODYS.timezone)
    return Landmarks.of(team, calendar, maintenance, at=ask.at)
