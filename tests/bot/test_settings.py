"""Settings: a missing or malformed one is one line that names it, and never its value."""

import pytest

from bot.settings import SLACK_API, Settings
from domain.refusal import Refusal
from tests.fakes.surroundings import Surroundings

SECRET = "xoxb-very-secret"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "many"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("STEWARD_COMMAND", "slm"),
        ("STEWARD_COMMAND", "/SLM now"),
        ("SLACK_API_BASE_URL", "slack.com/api"),
        ("SLACK_BOT_TOKEN", "xoxb very secret"),
        ("SLACK_BOT_TOKEN", "xoxb-sécret"),
        ("SLACK_SIGNING_SECRET", "two\nlines"),
        ("SLACK_APP_TOKEN", "xapp-\x07"),
        ("STEWARD_API_TOKEN", "fifteen-secrets"),
        ("STEWARD_API_TOKEN", "sixteen secrets and spaces"),
        ("STEWARD_API_TOKEN", "sixteen-sécrets-at-least"),
        ("DATABASE_URL", "nonsense-secret"),
        ("DATABASE_URL", "postgresql://steward:secret@host:port/name"),
        ("DATABASE_URL", "postgresql://steward:secret@[::1/name"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
    ],
)
def test_a_malformed_setting_is_named_and_not_shown(
    surroundings: Surroundings, name: str, value: str
) -> None:
    surroundings.set(**{name: value})
    with pytest.raises(Refusal) as refused:
        Settings.read()
    said = str(refused.value)
    assert said.startswith(f"Setting {name}: ")
    assert "\n" not in said
    assert value not in said.removesuffix(", such as sqlite:///steward.db.")
    assert "secret" not in said.lower().removeprefix(f"setting {name}".lower())


@pytest.mark.parametrize("name", ["SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"])
def test_half_of_slack(surroundings: Surroundings, name: str) -> None:
    surroundings.set(**{name: SECRET})
    with pytest.raises(Refusal, match=f"Setting SLACK_BOT_TOKEN is missing, but {name} is there"):
        Settings.read()


def test_a_bot_token_alone_is_not_enough_for_slack(surroundings: Surroundings) -> None:
    surroundings.set(SLACK_BOT_TOKEN=SECRET)
    with pytest.raises(Refusal, match="Setting SLACK_SIGNING_SECRET is missing"):
        Settings.read().require_slack()
    surroundings.set(SLACK_APP_TOKEN="xapp-1")
    Settings.read().require_slack()


def test_no_settings_are_the_sandbox(surroundings: Surroundings) -> None:
    settings = Settings.read()
    assert settings.sandbox
    assert settings.database == "sqlite:///sandbox.db"
    assert (settings.listen_host, settings.port) == ("127.0.0.1", 3000)
    assert settings.slack_api == "http://127.0.0.1:3000/sandbox/api/"
    assert settings.steward_command == "/slm"
    with pytest.raises(Refusal, match="Setting SLACK_BOT_TOKEN is missing"):
        settings.require_slack()


def test_tokens_are_slack(surroundings: Surroundings) -> None:
    surroundings.set(SLACK_BOT_TOKEN=SECRET, SLACK_SIGNING_SECRET="1")
    settings = Settings.read()
    assert not settings.sandbox
    assert not settings.socket_mode
    assert settings.database == "sqlite:///steward.db"
    assert settings.slack_api == SLACK_API


def test_empty_is_unset(surroundings: Surroundings) -> None:
    surroundings.set(SLACK_BOT_TOKEN="", DATABASE_URL="", PORT="", LOG_LEVEL="")
    settings = Settings.read()
    assert settings.sandbox
    assert settings.database == "sqlite:///sandbox.db"
    assert settings.listen_host == "127.0.0.1"


def test_the_file_is_read_and_the_environment_goes_first(surroundings: Surroundings) -> None:
    surroundings.write(
        ".env",
        f"# Slack\nSLACK_BOT_TOKEN={SECRET}\nSLACK_SIGNING_SECRET='1'\nLOG_LEVEL=DEBUG\nOF_ANOTHER=1\n",
    )
    surroundings.set(LOG_LEVEL="Warning")
    settings = Settings.read()
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == SECRET
    assert settings.log_level == "warning"


def test_a_file_that_cannot_be_read(surroundings: Surroundings) -> None:
    (surroundings.folder / ".env").write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe\n")
    with pytest.raises(Refusal, match=r"The settings in \.env cannot be read"):
        Settings.read()


@pytest.mark.parametrize(
    ("variables", "host"),
    [
        pytest.param({}, "127.0.0.1", id="alone, on loopback"),
        pytest.param({"PORT": "8080"}, "0.0.0.0", id="where a platform sets PORT, everywhere"),  # noqa: S104
        pytest.param({"PORT": "8080", "HOST": "10.0.0.1"}, "10.0.0.1", id="HOST goes first"),
        pytest.param({"HOST": "::1"}, "::1", id="HOST alone"),
    ],
)
def test_where_it_listens(surroundings: Surroundings, variables: dict[str, str], host: str) -> None:
    surroundings.set(SLACK_BOT_TOKEN=SECRET, **variables)
    assert Settings.read().listen_host == host


def test_the_sandbox_never_leaves_loopback(surroundings: Surroundings) -> None:
    surroundings.set(HOST="0.0.0.0", PORT="8080")  # noqa: S104
    assert Settings.read().listen_host == "127.0.0.1"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_database_addresses(surroundings: Surroundings, scheme: str) -> None:
    surroundings.set(DATABASE_URL=f"{scheme}://steward:pass@db.example:5432/steward")
    settings = Settings.read()
    assert settings.database.startswith(scheme)
    assert "pass" not in repr(settings)


def test_secrets_are_not_in_what_is_printed(surroundings: Surroundings) -> None:
    surroundings.set(SLACK_BOT_TOKEN=SECRET, SLACK_SIGNING_SECRET="signing-secret", SLACK_APP_TOKEN="xapp-2")
    for shown in (repr(Settings.read()), str(Settings.read())):
        assert not any(secret in shown for secret in (SECRET, "signing-secret", "xapp-2"))


def test_an_api_address_ends_with_a_slash(surroundings: Surroundings) -> None:
    surroundings.set(SLACK_API_BASE_URL="http://127.0.0.1:9/api")
    assert Settings.read().slack_api == "http://127.0.0.1:9/api/"


def test_the_token_of_the_api_is_never_shown(surroundings: Surroundings) -> None:
    assert Settings.read().steward_api_token is None
    surroundings.set(STEWARD_API_TOKEN="sixteen-letters!")
    settings = Settings.read()
    assert settings.sandbox
    assert settings.steward_api_token is not None
    assert settings.steward_api_token.get_secret_value() == "sixteen-letters!"
    assert "sixteen" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "LOG_LEVEL=info\nSLACK_BOT_TOKEN='xoxb-very-secret\n", 2, id="a quote that is not closed"
        ),
        pytest.param("A=1\n\n\nxoxb-very secret\n", 4, id="words after empty lines"),
        pytest.param("=xoxb-very-secret\n", 1, id="an empty name"),
    ],
)
def test_a_broken_line_of_the_file_is_named_and_not_shown(
    surroundings: Surroundings, text: str, line: int
) -> None:
    surroundings.write(".env", text)
    with pytest.raises(Refusal) as refused:
        Settings.read()
    said = str(refused.value)
    assert said == f"Line {line} of .env cannot be understood: write NAME=value, with quotes closed."


def test_all_secrets_are_known(surroundings: Surroundings) -> None:
    assert Settings.read().secrets == []
    surroundings.set(
        SLACK_BOT_TOKEN="b",
        SLACK_SIGNING_SECRET="s",
        SLACK_APP_TOKEN="a",
        STEWARD_API_TOKEN="sixteen-letters!",
        DATABASE_URL="postgresql://u:p%2Fw@h/d",
    )
    assert Settings.read().secrets == ["b", "s", "a", "sixteen-letters!", "p%2Fw", "p/w"]
