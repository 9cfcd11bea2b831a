"""How Slack misbehaves on command: which calls of the Web API go wrong, and how.

`desk.faults` is the `FaultSwitch`; by HTTP it is (sandbox/switchboard.py, JSON only):

    GET  /sandbox/faults                    {"ok": true, "faults": {…as below…}, "done": {"hang": 3, …},
                                             "token_revoked": "", "plan_refusal": "", "sockets": 0,
                                             "archived": ["C0OLD"], "restricted": [], "bot_absent": ["C0SHOP"]}
    PUT  /sandbox/faults                    {"reset_after_receipt": 0.1, "hang": 0.05, "rate_limited": 0.1,
                                             "server_error": 0.05, "internal_error": 0.0,
                                             "methods": ["chat.postMessage"], "retry_after": 1,
                                             "hang_seconds": 30, "seed": 7}
    POST /sandbox/faults/revoke-token       {} or {"error": "account_inactive"}; then restore-token {}
    POST /sandbox/faults/archive            {"channel": "C0OLD"}; unarchive, restrict, unrestrict,
                                            remove-bot, invite-bot the same
    POST /sandbox/faults/free-plan          {} or {"error": "plan_upgrade_required"}; then paid-plan {}
    POST /sandbox/faults/disconnect-sockets {} or {"reason": "warning"}

Each answers as GET does, or 400 with `{"ok": false, "error": "a sentence"}`. `{}` switches all faults off, and
so does a restart. Without `methods` every method is meant. In Python: `desk.faults.switch(Faults(hang=1.0))`,
`desk.faults.now`, `read_faults({…})`; what is archived and revoked: `desk.states` (sandbox/states.py).

| fault | carried out | the caller sees |
|---|---|---|
| reset_after_receipt | yes | its connection is reset, without an answer |
| hang | no | nothing for `hang_seconds`, then a reset |
| rate_limited | no | 429 with `Retry-After: retry_after` |
| server_error | half of the time | 503 |
| internal_error | half of the time | 200 with `{"ok": false, "error": "internal_error"}` |
"""

import math
import random
import threading
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """In the order in which they share the draw."""

    RESET_AFTER_RECEIPT = "reset_after_receipt"
    HANG = "hang"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    INTERNAL_ERROR = "internal_error"


@dataclass(frozen=True)
class Faults:
    """The share of calls that each fault befalls, and what the faults are like."""

    reset_after_receipt: float = 0.0
    hang: float = 0.0
    rate_limited: float = 0.0
    server_error: float = 0.0
    internal_error: float = 0.0
    methods: tuple[str, ...] = ()
    retry_after: int = 1
    hang_seconds: float = 30.0
    seed: int | None = None

    def drawn(self, method: str, at: float) -> Fault | None:
        """What befalls a call; `at` is a number from 0 up to 1, drawn for it."""
        if self.methods and method not in self.methods:
            return None
        for fault in Fault:
            share: float = getattr(self, fault)
            if at < share:
                return fault
            at -= share
        return None


@dataclass(frozen=True)
class Draw:
    """What befalls one call: `fault`, and whether the method is carried out nevertheless."""

    fault: Fault | None = None
    carried_out: bool = True


class FaultSwitch:
    """The faults that are switched on now; asked for each call, from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.switch(Faults())

    @property
    def now(self) -> Faults:
        return self._now

    @property
    def done(self) -> dict[str, int]:
        """How often each fault befell a call since the last switch."""
        with self._lock:
            return {fault.value: self._done[fault] for fault in Fault}

    def switch(self, faults: Faults) -> None:
        with self._lock:
            self._now = faults
            self._random = random.Random(faults.seed)  # noqa: S311 -- luck, no secret
            self._done: Counter[Fault] = Counter()

    def draw(self, method: str) -> Draw:
        with self._lock:
            fault = self._now.drawn(method, self._random.random())
            if fault is None:
                return Draw()
            self._done[fault] += 1
            return Draw(fault, self._is_carried_out(fault))

    def _is_carried_out(self, fault: Fault) -> bool:
        if fault in {Fault.SERVER_ERROR, Fault.INTERNAL_ERROR}:
            return self._random.random() < 0.5
        return fault is Fault.RESET_AFTER_RECEIPT


def read_faults(given: Mapping[str, Any], known_methods: Collection[str]) -> Faults:
    """From JSON. ValueError with a sentence for what nobody can mean."""
    names = [field.name for field in fields(Faults)]
    if unknown := sorted(set(given) - set(names)):
        raise ValueError(f"There is no fault {unknown[0]!r}. There are: {', '.join(names)}.")
    shares = {fault.value: _share(fault, given.get(fault, 0)) for fault in Fault}
    if math.fsum(shares.values()) > 1:
        raise ValueError("The shares of all faults together must be 1 at most.")
    return Faults(
        **shares,
        methods=_methods(given.get("methods", []), known_methods),
        retry_after=_whole("retry_after", given.get("retry_after", 1)),
        hang_seconds=_seconds(given.get("hang_seconds", 30)),
        seed=None if given.get("seed") is None else _whole("seed", given["seed"]),
    )


def told(faults: Faults) -> dict[str, Any]:
    """As JSON, in the words of `read_faults`."""
    return {**asdict(faults), "methods": list(faults.methods)}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _share(name: str, value: Any) -> float:
    if not _is_number(value) or not 0 <= value <= 1:
        raise ValueError(f"{name} is a share of the calls: a number from 0 to 1.")
    return float(value)


def _seconds(value: Any) -> float:
    if not _is_number(value) or not 0 <= value <= 3600:
        raise ValueError("hang_seconds is a number from 0 to 3600.")
    return float(value)


def _whole(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{name} is a whole number, 0 or more.")
    return value


def _methods(value: Any, known: Collection[str]) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError('methods is a list of names, such as ["chat.postMessage"].')
    if unknown := [one for one in value if one not in known]:
        raise ValueError(f"The sandbox has no method {unknown[0]!r}.")
    return tuple(value)
