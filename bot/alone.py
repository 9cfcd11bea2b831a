"""Being the only one: on a port, and on an SQLite file."""

import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from domain.refusal import Refusal


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `Refusal` where another process does, or the address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise Refusal(
            f"Port {port} of {host} cannot be used ({error.strerror}). "
            "Is Steward running already? Stop it, or set PORT to another one."
        ) from None
    listening.listen(1024)
    return listening


@contextmanager
def only_one_on(database: str) -> Iterator[None]:
    """While held, a second holder on the same SQLite file is refused; PostgreSQL needs no such care."""
    url = make_url(database)
    if url.drivername != "sqlite" or not url.database:
        yield
        return
    path = Path(f"{url.database}.lock")
    try:
        held = path.open("w")
    except OSError as error:
        raise Refusal(
            f"{path} cannot be written ({error.strerror}). Check DATABASE_URL and its folder."
        ) from None
    with held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refusal(
                f"Another `steward run` works on {url.database}. Stop it, or set DATABASE_URL to another file."
            ) from None
        yield
