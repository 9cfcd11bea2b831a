"""Telling warnings: what jobs that change them save and write into the outbox, under the lock of the warnings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.notice import Notice
from domain.planned import Promises
from domain.telling import Telling, held_until, not_after, telling
from domain.warned import Happening, Turn
from domain.watch import Changed
from jobs.items import each
from jobs.job import Context
from messages.warning_notices import Said, said_of
from storage.transaction import Transaction


def tell(
    tx: Transaction, context: Context, changes: Sequence[Changed], promises: Promises, *, at: datetime
) -> None:
    """Save what changed, and say what is to be said of it: burns before forecasts, so that a breach is told once.

    A message that cannot be made leaves its warning as it was: the next look decides and tells it again.
    """
    for change in changes:
        if change.before != change.after:
            tx.breach_warnings.save(change.after)
    told = _Told(tx, context, promises, at)
    chosen = told.now(changes)
    tx.warned.expect([one.after for one in chosen if one.after.is_open], at=at)
    each(chosen, told.tell, doing=lambda one: f"telling {one.after.name}")


REDRAWN_AT_ONCE = 20
"""So many messages in which nothing happened are drawn anew in a minute."""


class _Told:
    """What is told in one transaction; each breach of an objective once."""

    def __init__(self, tx: Transaction, context: Context, promises: Promises, at: datetime) -> None:
        self._tx, self._context, self._at = tx, context, at
        self._teams = promises.teams
        self._arbiter = next((team for team in promises.teams.values() if team.arbitrates), None)
        self._breaches: set[str] = set()

    def now(self, changes: Sequence[Changed]) -> list[Changed]:
        """Those with news; of those whose figures only grow old the oldest, so that nobody waits for a thousand."""
        news, old = [], []
        for change in changes:
            step = self._step(change)
            if change.before != change.after or step.opens or step.happenings:
                news.append(change)
            elif step.edits:
                old.append(change)
        old.sort(key=lambda one: one.after.drawn_at or one.after.opened_at)
        return sorted([*news, *old[:REDRAWN_AT_ONCE]], key=lambda one: (one.after.kind, one.after.number))

    def tell(self, change: Changed) -> None:
        """Open or edit its message, with the lines below it."""
        try:
            self._tell(change)
        except Exception:
            if change.before is not None:
                self._tx.breach_warnings.save(change.before)
            raise

    def _step(self, change: Changed) -> Telling:
        team = self._teams.get(change.after.team or "")
        return telling(change.before, change.after, team, arbiter=self._arbiter, at=self._at)

    def _tell(self, change: Changed) -> None:
        step = self._step(change)
        warning = step.warning
        if step.opens or step.edits:
            warned = self._tx.warned.of(warning, at=self._at)
            said = said_of(warned, self._news(step), command=self._context.command)
            self._write(step, said)
        if warning != change.after:
            self._tx.breach_warnings.save(warning)

    def _write(self, step: Telling, said: Said) -> None:
        warning = step.warning
        if step.opens:
            self._tx.outbox.add(
                Notice(
                    warning.key,
                    warning.channel,
                    said.content,
                    self._at,
                    warning.team,
                    not_after=not_after(warning, at=self._at),
                )
            )
        else:
            self._tx.outbox.edit(warning.key, said.content)
        held = held_until(warning, self._teams.get(warning.team or ""), at=self._at)
        for line in said.lines:
            self._tx.outbox.add(line if line.thread else replace(line, not_before=held))

    def _news(self, step: Telling) -> list[Happening]:
        """What happened, without breaches that another warning told in this minute."""
        news: list[Happening] = []
        for happening in step.happenings:
            if happening.turn is Turn.BREACHED:
                new = tuple(name for name in happening.objectives if name not in self._breaches)
                self._breaches.update(new)
                happening = replace(happening, objectives=new)
            if happening.objectives or happening.turn is not Turn.BREACHED:
                news.append(happening)
        return news
