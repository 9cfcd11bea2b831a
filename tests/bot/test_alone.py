"""Being the only one: on a port, and on an SQLite file."""

from contextlib import closing
from pathlib import Path

import pytest

from bot.alone import listening_socket, only_one_on
from domain.refusal import Refusal


def test_a_port_in_use() -> None:
    with closing(listening_socket("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        with pytest.raises(Refusal, match=f"Port {port} of 127.0.0.1 cannot be used .* set PORT"):
            listening_socket("127.0.0.1", port)
    listening_socket("127.0.0.1", port).close()


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_an_address_that_is_not_ours(host: str) -> None:
    with pytest.raises(Refusal, match="cannot be used"):
        listening_socket(host, 0)


def test_a_file_in_use(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/steward.db"
    with only_one_on(url):
        with pytest.raises(Refusal, match=r"Another `steward run` works on .*steward\.db"), only_one_on(url):
            pass
        with only_one_on(f"sqlite:///{tmp_path}/another.db"):
            pass
    with only_one_on(url):
        pass


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="DATABASE_URL"), only_one_on(f"sqlite:///{tmp_path}/none/steward.db"):
        pass


def test_postgresql_takes_many() -> None:
    with only_one_on("postgresql://host/name"), only_one_on("postgresql://host/name"):
        pass
