"""A thin start of uvicorn that does not wait for open pages when it ends."""

import uvicorn
from starlette.types import ASGIApp

from sandbox.slack import SandboxSlack


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, slack: SandboxSlack) -> None:
        super().__init__(config)
        self._slack = slack

    async def shutdown(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        self._slack.changes.stop()
        await super().shutdown(sockets)  # type: ignore[arg-type]


async def serve(app: ASGIApp, slack: SandboxSlack, *, host: str = "127.0.0.1", port: int = 3000) -> None:
    """Until it is told to stop. `host` must be a loopback address."""
    if host not in {"127.0.0.1", "localhost", "::1"}:
        raise ValueError(f"the sandbox stays on this machine: {host} is no loopback address")
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", lifespan="off")
    await Server(config, slack).serve()
