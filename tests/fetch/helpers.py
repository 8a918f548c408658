"""A fetcher for tests: loopback only, no waiting unless a test asks for it, and a clock that a test can turn."""

import errno
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from archiver.fetch.client import Fetcher
from archiver.fetch.results import FetchOptions

START = datetime(2026, 11, 22, 4, 20, tzinfo=UTC)
OPTIONS = FetchOptions(
    user_agent="archiver/test (+test@news.example)",
    connect_timeout=5,
    read_timeout=5,
    total_timeout=10,
    per_host_delay=0,
    allow_private=True,
    obey_robots=False,
)


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds - 1000.0)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


def names(known: Mapping[str, Sequence[str]] | None = None) -> Callable[[str, int], Sequence[str]]:
    """A name server that knows these names and no others; nothing is asked of the network."""

    def resolve(host: str, port: int) -> Sequence[str]:
        if host not in (known or {}):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return (known or {})[host]

    return resolve


def loopback_only(address: str, port: int, timeout: float) -> socket.socket:
    """The network of all tests: what is not this machine cannot be reached, whatever a test makes up."""
    if address != "::1" and not address.startswith("127."):
        raise OSError(errno.ENETUNREACH, "Network is unreachable")
    return socket.create_connection((address, port), timeout)


def fetcher(*, known: Mapping[str, Sequence[str]] | None = None, **changes: Any) -> Fetcher:
    """A fetcher on the real clock that never waits out of politeness; ``changes`` go into its options."""
    options = replace(OPTIONS, **changes)
    return Fetcher(
        options,
        now=lambda: datetime.now(UTC),
        monotonic=time.monotonic,
        sleep=lambda _: None,
        resolve=names(known),
        connect=loopback_only,
    )


def polite(clock: Clock, *, known: Mapping[str, Sequence[str]] | None = None, **changes: Any) -> Fetcher:
    """A fetcher on a clock that a test turns."""
    options = replace(OPTIONS, **changes)
    return Fetcher(
        options,
        now=clock.now,
        monotonic=clock.monotonic,
        sleep=clock.sleep,
        resolve=names(known),
        connect=loopback_only,
    )
