"""A page of every message that an app can make, drawn as the sandbox's page draws them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Entry:
    """`text` is what a lock screen shows of the message, `blocks` are Block Kit."""

    group: str
    title: str
    text: str
    blocks: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Gallery:
    """`entries` is called whenever somebody looks; without it there is no gallery."""

    entries: Callable[[], Sequence[Entry]] | None = None

    @property
    def exists(self) -> bool:
        return self.entries is not None

    def routes(self) -> list[Route]:
        if not self.exists:
            return []
        return [Route("/sandbox/gallery", self._show), Route("/sandbox/page/gallery", self._list)]

    async def _show(self, _request: Request) -> Response:
        return FileResponse(STATIC / "gallery.html", headers={"Cache-Control": "no-cache"})

    def _list(self, _request: Request) -> Response:
        shown = self.entries() if self.entries else ()
        return JSONResponse(
            [
                {"group": one.group, "title": one.title, "text": one.text, "blocks": list(one.blocks)}
                for one in shown
            ]
        )
