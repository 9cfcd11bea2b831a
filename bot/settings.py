"""Settings: from the environment or `.env`, read once, in the wiring."""

import os
from pathlib import Path
from typing import Literal, Self
from urllib.parse import quote, quote_plus

from dotenv.parser import parse_stream
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from domain.refusal import Refusal
from domain.retention import Keeping

SLACK_API = "https://slack.com/api/"
SHORTEST_TOKEN = 16
ENV_FILE = ".env"


def checked_database(address: str) -> str:
    """The address of a database that outlives the process. Raises ValueError."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise ValueError("is no database address, such as postgresql://user:password@host/name") from None
    if url.drivername == "sqlite" and url.database in (None, "", ":memory:"):
        raise ValueError("names no file, such as sqlite:///steward.db")
    return address


class Settings(BaseSettings):
    """What an operator sets. Without Slack tokens Steward plays on its sandbox."""

    model_config = SettingsConfigDict(env_file=ENV_FILE, extra="ignore", env_ignore_empty=True, frozen=True)

    database_url: str | None = Field(default=None, repr=False)
    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_api_base_url: str | None = None
    steward_api_token: SecretStr | None = None
    host: str | None = None
    port: int = Field(default=3000, ge=0, le=65535)
    steward_command: str = Field(default="/slm", pattern=r"^/[a-z0-9_-]{1,31}$")
    steward_definitions: str | None = None
    steward_keep_minutes_days: int = Field(default=400, ge=0, le=36_500)
    steward_keep_notices_days: int = Field(default=400, ge=0, le=36_500)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"

    @field_validator("slack_bot_token", "slack_signing_secret", "slack_app_token", "steward_api_token")
    @classmethod
    def _one_printable_word(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        text = value.get_secret_value()
        if not (text.isascii() and text.isprintable()) or " " in text:
            raise ValueError("has spaces or characters that no token has")
        return value

    @field_validator("steward_api_token")
    @classmethod
    def _not_guessed(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < SHORTEST_TOKEN:
            raise ValueError(f"is too easily guessed: it needs at least {SHORTEST_TOKEN} characters")
        return value

    @field_validator("database_url")
    @classmethod
    def _database_on_disk(cls, value: str | None) -> str | None:
        return None if value is None else checked_database(value)

    @field_validator("slack_api_base_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("is no http:// or https:// address")
        return value if value is None or value.endswith("/") else f"{value}/"

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @classmethod
    def read(cls) -> Self:
        """From the environment and `.env`. Raises `Refusal`, one line naming the setting and never its value."""
        try:
            _refuse_broken_lines(Path(ENV_FILE))
            settings = cls()
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            name = str(first["loc"][0]).upper()
            raise Refusal(f"Setting {name}: {first['msg'].removeprefix('Value error, ')}.") from None
        except (OSError, UnicodeDecodeError):
            raise Refusal(
                "The settings in .env cannot be read: it must be a file of text in UTF-8."
            ) from None
        settings._refuse_half_of_slack()
        return settings

    def _refuse_half_of_slack(self) -> None:
        if self.slack_bot_token is None:
            for name in ("slack_signing_secret", "slack_app_token"):
                if getattr(self, name) is not None:
                    raise Refusal(f"Setting SLACK_BOT_TOKEN is missing, but {name.upper()} is there.")

    @property
    def secrets(self) -> list[str]:
        """All that must never be shown, as it may be written."""
        tokens = (
            self.slack_bot_token,
            self.slack_signing_secret,
            self.slack_app_token,
            self.steward_api_token,
        )
        url = make_url(self.database)
        password = url.password or str(url.query.get("password", ""))
        written = {password, quote(password, safe=""), quote_plus(password)} if password else set()
        return [token.get_secret_value() for token in tokens if token] + sorted(written)

    @property
    def sandbox(self) -> bool:
        """Whether there is no Slack to talk to."""
        return self.slack_bot_token is None

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is reached by Socket Mode."""
        return self.slack_app_token is not None

    @property
    def keeping(self) -> Keeping:
        """For how long what is kept."""
        return Keeping(self.steward_keep_minutes_days, self.steward_keep_notices_days)

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{'sandbox' if self.sandbox else 'steward'}.db"

    @property
    def listen_host(self) -> str:
        """The address to listen on: all, where a platform sets PORT; the sandbox never leaves loopback."""
        if self.sandbox:
            return "127.0.0.1"
        return self.host or ("0.0.0.0" if os.environ.get("PORT") else "127.0.0.1")  # noqa: S104

    @property
    def slack_api(self) -> str:
        """Where Slack's Web API is."""
        if self.slack_api_base_url:
            return self.slack_api_base_url
        return f"http://127.0.0.1:{self.port}/sandbox/api/" if self.sandbox else SLACK_API

    def require_slack(self) -> None:
        """Raises `Refusal` unless everything is there that Slack needs to reach Steward."""
        if self.slack_bot_token is None:
            raise Refusal(
                "Setting SLACK_BOT_TOKEN is missing: this process needs Slack. `steward run` does not."
            )
        if not self.socket_mode and self.slack_signing_secret is None:
            raise Refusal("Setting SLACK_SIGNING_SECRET is missing (or SLACK_APP_TOKEN, for Socket Mode).")


def _refuse_broken_lines(path: Path) -> None:
    """Raises `Refusal` for a line that would be left out without a word: what it sets may be a token."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8") as file:
        broken = [found.original for found in parse_stream(file) if found.error]
    if broken:
        text = broken[0].string  # begins with the empty lines above
        line = broken[0].line + text[: len(text) - len(text.lstrip())].count("\n")
        raise Refusal(f"Line {line} of .env cannot be understood: write NAME=value, with quotes closed.")
