"""`steward backtest`: what Steward would have warned of."""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from tqdm import tqdm

from bot.verbs.arguments import instant, parser
from bot.wiring import open_store
from connectors.definitions.policy_file import read_policies
from domain.burn import BurnCondition
from domain.condition_fit import misfits
from domain.definition import Severity
from domain.lookup import find
from domain.minutes import minute_of
from domain.refusal import Refusal
from domain.replay import Recorded, Replayed, replay
from domain.replay_scores import scores_of
from domain.watching import Watching
from messages.backtest import backtest_text
from messages.backtest_json import backtest_json
from storage.courses import Courses
from storage.transaction import Transaction


def run(words: Sequence[str]) -> int:
    """Changes nothing: it reads what is recorded of one objective, and tells."""
    arguments = _parser().parse_args(words)
    conditions = _policy(arguments.policy) if arguments.policy else None
    with open_store(arguments.workspace) as (store, workspace), store.read(workspace) as tx:
        recorded, end = _recorded(tx, arguments)
    _require_fit(conditions or (), recorded)
    recorded = replace(recorded, watching=_watching(recorded.watching, arguments.threshold, conditions))
    replayed = _replay(recorded, arguments.start, end)
    scores = scores_of(replayed)
    if arguments.json:
        print(json.dumps(backtest_json(replayed, scores), indent=2))
    else:
        print(backtest_text(replayed, scores))
    return 0


def _parser() -> argparse.ArgumentParser:
    made = parser(
        "backtest",
        "What Steward would have warned of, by what is recorded.",
        at="what counts as now; default the last measured minute",
    )
    made.add_argument("objective", metavar="OBJECTIVE", help="a beginning is enough")
    made.add_argument(
        "--from", dest="start", metavar="INSTANT", type=instant, help="default the first measured minute"
    )
    made.add_argument(
        "--to", dest="end", metavar="INSTANT", type=instant, help="default the last measured minute"
    )
    made.add_argument(
        "--threshold",
        metavar="P",
        type=_probability,
        help="warn from this probability on, such as 0.6; default the objective's own",
    )
    made.add_argument(
        "--policy", metavar="FILE", type=Path, help="try the AlertPolicies of this file in place of its own"
    )
    made.add_argument("--json", action="store_true", help="as JSON, every forecast and every warning")
    return made


def _probability(text: str) -> Fraction:
    try:
        found = Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        found = Fraction(0)
    if not 0 < found <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no probability. Write it like 0.6.")
    return found


def _policy(path: Path) -> tuple[BurnCondition, ...]:
    conditions, problems = read_policies(path)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        more = f" `steward lint {path}` shows all {len(errors)}." if len(errors) > 1 else ""
        raise Refusal(f"{errors[0].path}:{errors[0].line}: {errors[0].text}{more}")
    return conditions


def _watching(
    own: Watching, threshold: Fraction | None, conditions: tuple[BurnCondition, ...] | None
) -> Watching:
    return replace(
        own,
        warn_at=own.warn_at if threshold is None else threshold,
        conditions=own.conditions if conditions is None else conditions,
    )


def _recorded(tx: Transaction, arguments: argparse.Namespace) -> tuple[Recorded, int]:
    """What is recorded of the objective, and the minute at which the replay ends."""
    known = [objective.name for objective in tx.objectives.with_retired()]
    if not known:
        raise Refusal("Steward knows no objectives yet. Load some: `steward apply FILES`")
    name = find(arguments.objective, objectives=known, services=[], teams=[]).name
    courses = Courses(tx.connection, tx.workspace.id, tx.objectives)
    newest = courses.newest_minute(name)
    if newest is not None:
        asked: datetime | None = arguments.end or arguments.at
        end = newest + 1 if asked is None else minute_of(asked)
        recorded = courses.of(name, until=end)
        if recorded is not None and recorded.first_minute < end:
            return recorded, end
    raise Refusal(f"Nothing was measured of `{name}` by then. Import its history: `steward import FILE.csv`")


def _require_fit(conditions: Sequence[BurnCondition], recorded: Recorded) -> None:
    """Raises `Refusal` where a condition could never hold for the objective: silence would look like a good sign."""
    terms = recorded.objective.versions[-1]
    problems = [problem for one in conditions for problem in misfits(one, terms)]
    if problems:
        raise Refusal(f"A condition of the policy does not fit `{recorded.objective.name}`. {problems[0]}")


def _replay(recorded: Recorded, start: datetime | None, end: int) -> Replayed:
    # Before the first measurement there is nothing to foretell, live either.
    first = max(recorded.first_minute, minute_of(start) if start else 0)
    if first >= end:
        raise Refusal(
            "There is nothing to replay: --from is not before --to, or after all that was measured."
        )
    with _bar(end + 1 - first) as progress:
        return replay(recorded, start=first, end=end, progress=progress)


@contextmanager
def _bar(minutes: int) -> Iterator[Callable[[int], object]]:
    """A progress bar on stderr, where that is a terminal."""
    with tqdm(total=minutes, unit="min", unit_scale=True, disable=None, leave=False) as bar:
        yield bar.update
