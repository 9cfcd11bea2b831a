"""How the API says no: a status, and a sentence with its remedy."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.measurement_rows import Problem
from domain.refusal import Refusal


class Denial(Refusal):
    """The "no" to a request over HTTP."""

    def __init__(self, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.headers = headers

    def answer(self) -> Response:
        """As JSON, in the same form whatever is wrong."""
        errors = [{"index": None, "field": None, "message": str(self)}]
        return JSONResponse({"errors": errors}, self.status, self.headers)


class ProblemsDenial(Denial):
    """The "no" to measurements of which some are wrong: the first problems, and how many more there are."""

    def __init__(self, problems: Sequence[Problem], *, more: int) -> None:
        super().__init__(422, "Nothing was stored.")
        self._problems = problems
        self._more = more

    def answer(self) -> Response:
        """A list of the problems."""
        told: dict[str, Any] = {"errors": [asdict(problem) for problem in self._problems]}
        return JSONResponse(told | ({"more": self._more} if self._more else {}), self.status)


def check_token(request: Request, token: SecretStr | None) -> None:
    """Raises `Denial` unless the request bears the token; how far a wrong one is right cannot be measured."""
    if token is None:
        raise Denial(403, "This is switched off here: its operator has not set STEWARD_API_TOKEN.")
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    is_same = hmac.compare_digest(given.strip().encode(), token.get_secret_value().encode())
    if scheme.lower() != "bearer" or not is_same:
        wanted = {"WWW-Authenticate": 'Bearer realm="steward"'}
        raise Denial(401, "The token is missing or wrong. Send `Authorization: Bearer TOKEN`.", wanted)
