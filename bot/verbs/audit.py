"""`steward audit`: whether the audit trail is whole, and what is in it."""

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from tqdm import tqdm

from bot.verbs.arguments import parser
from bot.wiring import open_store
from domain.audit import Head, verify
from domain.definition import Kind
from domain.refusal import Refusal
from messages.audit_lines import act_json, act_text
from messages.audit_verified import verified_json, verified_text
from storage.audit import Noted
from storage.transaction import Transaction

HEAD = re.compile(r"(\d{1,9}):([0-9a-f]{64})")
OBJECTIVE = f"{Kind.OBJECTIVE}:"
VERIFY, LIST = "verify", "list"


def run(words: Sequence[str]) -> int:
    """1 where the trail is broken, or nothing is known of NAME."""
    made = _parser()
    arguments = made.parse_args(words)
    if arguments.what == VERIFY and arguments.name:
        made.error("verify takes no NAME: a chain is whole or not as one")
    if arguments.what == LIST and arguments.head:
        made.error("--head is for verify")
    with open_store(arguments.workspace) as (store, workspace), store.read(workspace) as tx:
        if arguments.what == VERIFY:
            return _verify(tx, arguments.head, as_json=arguments.json)
        _list(tx, arguments.name, as_json=arguments.json)
    return 0


def _parser() -> argparse.ArgumentParser:
    made = parser("audit", "What everybody did, each entry chained to the one before.")
    made.add_argument("what", choices=[VERIFY, LIST], help="is it whole; or what is in it, newest first")
    made.add_argument(
        "name",
        metavar="NAME",
        nargs="?",
        help="list: what is about checkout, objective:checkout, team:payments; default all",
    )
    told = "verify: that this head, NUMBER:HASH of an earlier time, is still in it"
    made.add_argument("--head", metavar="HEAD", type=_head, help=told)
    made.add_argument("--json", action="store_true", help="as JSON")
    return made


def _head(text: str) -> Head:
    found = HEAD.fullmatch(text.strip())
    if found is None:
        raise argparse.ArgumentTypeError("a head is NUMBER:HASH, as `steward audit verify` printed it")
    return Head(int(found[1]), found[2])


def _verify(tx: Transaction, kept: Head | None, *, as_json: bool) -> int:
    entries = tx.audit.entries()
    with tqdm(
        entries, total=tx.audit.size(), unit="entries", unit_scale=True, disable=None, leave=False
    ) as bar:
        found = verify(bar, tx.audit.start, kept)
    print(json.dumps(verified_json(found), indent=2) if as_json else verified_text(found))
    return 1 if found.broken else 0


def _list(tx: Transaction, name: str | None, *, as_json: bool) -> None:
    noted = _noted(tx, name)
    if as_json:
        _print_json(noted)
        return
    for one in noted:
        print(act_text(one.number, one.act))


def _noted(tx: Transaction, name: str | None) -> Iterable[Noted]:
    if name is None:
        return tx.audit.all()
    subjects = [name.removeprefix(OBJECTIVE)] if name.startswith(OBJECTIVE) else [name, *_of_any_kind(name)]
    found = tx.audit.about(subjects)
    if not found:
        raise Refusal(f"The audit trail has nothing about `{name[:80]}`. All of it: `steward audit list`")
    return found


def _of_any_kind(name: str) -> list[str]:
    return [f"{kind}:{name}" for kind in Kind]


def _print_json(noted: Iterable[Noted]) -> None:
    """One list, written as it is read: there may be more than fits into memory."""
    print("[")
    for line in _separated(json.dumps(act_json(one.number, one.act), ensure_ascii=False) for one in noted):
        print(line)
    print("]")


def _separated(texts: Iterator[str]) -> Iterator[str]:
    before = next(texts, None)
    for text in texts:
        yield f"  {before},"
        before = text
    if before is not None:
        yield f"  {before}"
