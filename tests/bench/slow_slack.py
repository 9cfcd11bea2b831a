"""A Slack of 100 ms, as a process of its own: takes each message, counts those that came too fast, prints its port."""

import asyncio
import json
import sys
import time

LATENCY_SECONDS = 0.1


class SlowSlack:
    """Reads HTTP as plainly as it can be read: the bench is about who asks."""

    def __init__(self) -> None:
        self.posted = 0
        self.too_fast = 0
        self._last: dict[str, float] = {}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await _head(reader):
            length = next(
                (
                    int(line[15:])
                    for line in head.split(b"\r\n")
                    if line.lower().startswith(b"content-length:")
                ),
                0,
            )
            body = await reader.readexactly(length)
            arrived = time.monotonic()
            answer = self._answer(
                head.split(b" ", 2)[1].rpartition(b"/")[2].partition(b"?")[0], body, arrived
            )
            await asyncio.sleep(LATENCY_SECONDS - (time.monotonic() - arrived))
            payload = json.dumps(answer).encode()
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (len(payload), payload)
            )
        writer.close()

    def _answer(self, method: bytes, body: bytes, arrived: float) -> dict[str, object]:
        if method == b"conversations.list":
            channels = [{"id": f"C{number:07d}", "name": f"team-{number}"} for number in range(1_000)]
            return {"ok": True, "channels": channels}
        if method == b"figures":
            return {"posted": self.posted, "too_fast": self.too_fast}
        channel = json.loads(body)["channel"]
        if arrived - self._last.get(channel, -1.0) < 1.0:
            self.too_fast += 1
        self._last[channel] = arrived
        self.posted += 1
        return {"ok": True, "ts": f"{self.posted}.000001", "channel": channel}


async def _head(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


async def main() -> None:
    """Until standard input ends."""
    slack = SlowSlack()
    server = await asyncio.start_server(slack.serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
