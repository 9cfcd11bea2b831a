"""Slack's signature of a request, version 0: whether Slack sent it, and lately."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime

SECONDS = 300
TIMESTAMP = re.compile(r"[0-9]{1,12}")


def signed_by_slack(secret: str, headers: Mapping[str, str], body: bytes, *, at: datetime) -> bool:
    """Whether `body` was signed with `secret` within 5 minutes of `at`. Asked before anything of it is read."""
    timestamp = headers.get("x-slack-request-timestamp", "")
    if not TIMESTAMP.fullmatch(timestamp) or abs(at.timestamp() - int(timestamp)) > SECONDS:
        return False
    digest = hmac.new(secret.encode(), b"v0:%b:%b" % (timestamp.encode(), body), hashlib.sha256)
    signature = headers.get("x-slack-signature", "")
    return hmac.compare_digest(f"v0={digest.hexdigest()}".encode(), signature.encode())
