"""One request goes out over one fresh connection to a checked address, and every byte of it is recorded.

There is no way to a socket but ``Line.dial``, which connects to the addresses that the guard pinned. Every wait,
for a name server too, ends when the time of the journey is up, and every answer when its bytes are.
"""

import contextlib
import hashlib
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from archiver.errors import GuardError
from archiver.fetch.guard import Guard
from archiver.fetch.results import Exchange, FetchOptions, Trouble
from archiver.fetch.wire import AnswerReader
from archiver.model import Outcome

Resolve = Callable[[str, int], Sequence[str]]
Connect = Callable[[str, int, float], socket.socket]

_BLOCK = 64 * 1024
_MAX_ADDRESSES = 6
# After the end of an answer: how long, and for how many bytes, we listen for what should not come.
_LINGER_SECONDS = 0.5
_LINGER_BYTES = 256 * 1024


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses of a host in the order the system prefers. Raises OSError when there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def tcp_connect(address: str, port: int, timeout: float) -> socket.socket:
    """A TCP connection to an IP address. Raises OSError."""
    return socket.create_connection((address, port), timeout)


class Budget:
    """The network time that is left of one journey."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self.seconds = seconds
        self._monotonic = monotonic
        self._end = monotonic() + seconds

    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self._end - self._monotonic())

    def pause(self, seconds: float) -> None:
        """Time spent waiting out of politeness does not count."""
        self._end += seconds

    def share(self, seconds: float) -> float:
        """At most ``seconds``, and no more than is left. Raises Trouble when nothing is."""
        left = self.left()
        if left <= 0:
            raise Trouble(Outcome.TIMEOUT, f"not done after {self.seconds:g} seconds in all", "time")
        return min(seconds, left)


class Recording:
    """An exchange while it happens. It can be read at any moment: what came so far is never lost."""

    def __init__(self, url: str, method: str, started_at: datetime) -> None:
        self.url = url
        self.method = method
        self.started_at = started_at
        self.request = bytearray()
        self.reader = AnswerReader()
        self.ip: str | None = None
        self.tls: str | None = None
        self.trouble: Trouble | None = None

    def exchange(self) -> Exchange:
        """What has happened, frozen."""
        head = self.reader.head
        return Exchange(
            url=self.url,
            method=self.method,
            request=bytes(self.request),
            response=bytes(self.reader.raw),
            status=head.status if head else None,
            headers=head.headers if head else (),
            ip=self.ip,
            started_at=self.started_at,
            truncated=self.trouble.truncated if self.trouble else None,
            tls=self.tls,
            interim=self.reader.interim,
            payload=bytes(self.reader.payload),
        )


class Line:
    """The only way to a socket, shared with the connections that urllib3 makes; it serves one journey at a time."""

    def __init__(
        self, options: FetchOptions, monotonic: Callable[[], float], resolve: Resolve, connect: Connect
    ) -> None:
        self._options = options
        self._monotonic = monotonic
        self._resolve = resolve
        self._connect = connect
        self._guard = Guard(options.allow_private)
        self._recording: Recording | None = None
        self._limit: int | None = None
        self.budget = Budget(options.total_timeout, monotonic)

    def begin_journey(self) -> None:
        """A new address from a person: a fresh guard, and all of the time."""
        self._guard = Guard(self._options.allow_private)
        self.budget = Budget(self._options.total_timeout, self._monotonic)

    def begin_exchange(self, recording: Recording, limit: int | None = None) -> None:
        """What happens next goes into ``recording``. ``limit``: read only so many bytes, whatever is announced."""
        self._recording = recording
        self._limit = limit

    @property
    def _now(self) -> Recording:
        assert self._recording is not None, "a connection outside of an exchange"
        return self._recording

    def note_tls(self, sock: ssl.SSLSocket) -> None:
        """Record how the connection is secured."""
        self._now.tls = _describe_tls(sock)

    def dial(self, host: str, port: int) -> socket.socket:
        """A connection to one of the checked addresses of ``host``. Raises Trouble."""
        try:
            addresses = self._guard.pin(host, self._look_up(host, port))
        except GuardError as error:
            raise Trouble(Outcome.GUARD, error.message) from error
        failure: OSError | None = None
        for address in addresses[:_MAX_ADDRESSES]:
            try:
                sock = self._connect(address, port, self.budget.share(self._options.connect_timeout))
            except OSError as error:
                failure = error
                continue
            self._now.ip = address
            # What is left for TLS. Too little to go on with is noticed by the next step.
            sock.settimeout(max(0.01, min(self._options.connect_timeout, self.budget.left())))
            return sock
        if isinstance(failure, TimeoutError):
            raise Trouble(Outcome.TIMEOUT, f"no connection to {host}, port {port}, in time") from failure
        raise Trouble(Outcome.CONNECT, f"no connection to {host}, port {port}: {in_words(failure)}") from failure

    def _look_up(self, host: str, port: int) -> Sequence[str]:
        """The addresses of ``host``. A name server cannot hold us up: the question is asked from a side thread."""
        if _is_address(host):
            return [host]
        answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, daemon=True, name="name look-up").start()
        try:
            answer = answers.get(timeout=self.budget.share(self._options.connect_timeout))
        except queue.Empty as error:
            raise Trouble(Outcome.DNS, f"no answer in time to where {host} is") from error
        if isinstance(answer, Exception):
            raise Trouble(Outcome.DNS, f"{host} is not known: {in_words(answer)}") from answer
        if not answer:
            raise Trouble(Outcome.DNS, f"{host} has no address")
        return answer

    def send(self, sock: socket.socket, data: bytes) -> None:
        """Send bytes of the request and record them. Raises Trouble."""
        self._now.request += data
        try:
            sock.settimeout(self.budget.share(self._options.read_timeout))
            sock.sendall(data)
        except TimeoutError as error:
            raise Trouble(Outcome.TIMEOUT, "the server took no request in time") from error
        except (BrokenPipeError, ConnectionResetError):
            # It may have answered and hung up before reading all of the request; the answer counts.
            return
        except OSError as error:
            raise Trouble(Outcome.CONNECT, f"the request could not be sent: {in_words(error)}") from error

    def receive(self, sock: socket.socket) -> AnswerReader:
        """Read the answer to its end, within all limits. Raises Trouble only when there is no head to go by."""
        recording = self._now
        try:
            self._read_all(sock, recording.reader)
            recording.trouble = recording.reader.trouble
        except Trouble as trouble:
            recording.trouble = trouble
        if recording.reader.head is None:
            raise recording.trouble or Trouble(Outcome.PROTOCOL, "no answer")
        return recording.reader

    def _read_all(self, sock: socket.socket, reader: AnswerReader) -> None:
        limit = self._limit or self._options.max_wire_bytes
        while not reader.done:
            if self._limit is None:
                self._refuse_too_long(reader, limit)
            room = limit - len(reader.raw)
            if room <= 0:
                raise Trouble(Outcome.TOO_LARGE, f"more than the limit of {limit} bytes came", "length")
            data, closed = self._receive_some(sock, min(_BLOCK, room), self._options.read_timeout)
            if closed is not None:
                reader.end(abrupt=closed)
                return
            reader.feed(data)
        closed_in_time = self._linger(sock, reader)
        reader.end()
        if reader.trouble and not closed_in_time and reader.trouble.truncated is None:
            reader.trouble.truncated = "unspecified"  # more may have followed what we could not understand

    def _refuse_too_long(self, reader: AnswerReader, limit: int) -> None:
        if reader.head is None or reader.payload:
            return
        announced = reader.head.members("content-length")
        if announced and announced[0].isdigit() and len(reader.raw) + int(announced[0][:18]) > limit + _BLOCK:
            raise Trouble(Outcome.TOO_LARGE, f"{announced[0][:18]} bytes are announced, the limit is {limit}", "length")

    def _receive_some(self, sock: socket.socket, size: int, patience: float) -> tuple[bytes, bool | None]:
        """Bytes and None, or nothing and whether the connection broke (True) or was closed in order (False)."""
        try:
            sock.settimeout(self.budget.share(patience))
            data = sock.recv(size)
        except TimeoutError as error:
            self.budget.share(patience)
            raise Trouble(Outcome.TIMEOUT, f"no bytes came for {patience:g} seconds", "time") from error
        except OSError as error:  # ssl.SSLError is one: also the end of a connection without a closing word
            if not self._now.reader.raw and isinstance(error, ConnectionResetError):
                raise Trouble(Outcome.CONNECT, f"the server hung up: {in_words(error)}") from error
            return b"", True
        return data, (None if data else False)

    def _linger(self, sock: socket.socket, reader: AnswerReader) -> bool:
        """Listen briefly for bytes after the end: they show that the announced length is wrong.

        True when the server closed the connection meanwhile, so that nothing is missing.
        """
        seconds = min(_LINGER_SECONDS, self.budget.left())
        rest = Budget(seconds, self._monotonic)
        room = min(_LINGER_BYTES, self._options.max_wire_bytes - len(reader.raw))
        with contextlib.suppress(OSError):
            while room > 0 and rest.left() > 0:
                sock.settimeout(rest.left())
                data = sock.recv(min(_BLOCK, room))
                if not data:
                    return True
                room -= len(data)
                reader.feed(data)
        return False


def _is_address(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        with contextlib.suppress(OSError):
            socket.inet_pton(family, host)
            return True
    return False


def in_words(error: Exception | None) -> str:
    """What an operating system error says, without its number."""
    return str(getattr(error, "strerror", None) or error or "unknown reason")[:200]


def _describe_tls(sock: ssl.SSLSocket) -> str:
    """Version, cipher and the SHA-256 of the server's certificate."""
    cipher = sock.cipher()
    certificate = sock.getpeercert(binary_form=True) or b""
    return (
        f"{sock.version()} {cipher[0] if cipher else ''} certificate-sha256={hashlib.sha256(certificate).hexdigest()}"
    )
