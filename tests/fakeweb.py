"""A real web server on loopback that plays what a test writes down: pages, redirects, raw bytes, pauses, silence.

::

    with FakeWeb() as web:
        web.page("/a", "<h1>News</h1>")
        web.redirect("/old", "/a")
        web.script("/changing", html("<p>one</p>"), html("<p>two</p>"))
        web.raw("/drip", b"HTTP/1.1 200 OK\\r\\n", Pause(0.2), b"X-Slow: yes\\r\\n")
        fetch(web.url("/a"))
    web.requests   # what was asked, byte for byte
    web.answers    # what was written, byte for byte, in the same order

One connection serves one request. Without ``robots=`` the site has no robots.txt (404). Nothing but loopback
is ever listened on.
"""

import contextlib
import gzip
import queue
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType

_REASONS = {200: "OK", 204: "No Content", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 404: "Not Found"}
_PATIENCE = 30.0


@dataclass(frozen=True)
class Pause:
    """Seconds of silence in the middle of an answer; ``Pause(None)`` lasts until the server is closed."""

    seconds: float | None = None


@dataclass(frozen=True)
class Reset:
    """The connection is torn down (TCP RST) instead of being closed in order."""


@dataclass(frozen=True)
class KeepOpen:
    """The connection stays open after the answer, as rude servers do, until the client hangs up."""


Step = bytes | Pause | Reset | KeepOpen
Answer = Iterable[Step]


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    raw: bytes


Handler = Callable[[Asked], Answer]


def answer(
    body: bytes | str = b"",
    *,
    status: int = 200,
    headers: Sequence[tuple[str, str]] = (),
    media_type: str | None = "text/html; charset=utf-8",
    length: bool = True,
) -> tuple[bytes]:
    """A whole answer. Text is sent as UTF-8; headers given here come after ours."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Status')}"]
    if media_type is not None:
        lines.append(f"Content-Type: {media_type}")
    if length:
        lines.append(f"Content-Length: {len(data)}")
    lines += [f"{name}: {value}" for name, value in headers]
    return (("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + data,)


def html(body: str, *, title: str = "A page", **more: object) -> tuple[bytes]:
    """A small whole page with ``body`` inside; other arguments as in ``answer``."""
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"
    return answer(page, **more)  # type: ignore[arg-type]


def chunked(*chunks: bytes) -> bytes:
    """A body in chunks, with its end."""
    return b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks if chunk) + b"0\r\n\r\n"


def zipped(data: bytes) -> bytes:
    """``data`` as gzip, the same bytes every time."""
    return gzip.compress(data, mtime=0)


def bomb(megabytes: int) -> bytes:
    """A gzip body of a few kilobytes that unpacks to so many megabytes of zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(megabytes)) + packer.flush()


class FakeWeb:
    """The server, as a context manager.

    ``robots`` is what its robots.txt says; ``certificate`` is (PEM certificate file, PEM key file) for https;
    ``address`` is 127.0.0.1 or ::1.
    """

    def __init__(
        self,
        *,
        robots: str | bytes | None = None,
        certificate: tuple[str, str] | None = None,
        address: str = "127.0.0.1",
    ) -> None:
        self.requests: list[Asked] = []
        self.answers: list[bytearray] = []
        self.fallback: Handler = _nothing_here  # who answers where no route does
        self.farewell = True  # whether TLS is closed in order after an answer
        self._routes: dict[str, Handler] = {}
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: queue.SimpleQueue[threading.Thread] = queue.SimpleQueue()
        self._tls = _tls_context(certificate) if certificate else None
        assert address in {"127.0.0.1", "::1"}, "loopback only"
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._listener = socket.create_server((address, 0), family=family, backlog=64)
        self.port: int = self._listener.getsockname()[1]
        if robots is not None:
            self.page("/robots.txt", robots, media_type="text/plain")

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of ``path`` here."""
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def page(self, path: str, body: bytes | str, **more: object) -> None:
        """Serve one page at ``path``; arguments as in ``answer``."""
        self.script(path, answer(body, **more))  # type: ignore[arg-type]

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        """Send those who ask for ``path`` to another address."""
        self.script(path, answer(b"", status=status, headers=[("Location", to)], media_type=None))

    def raw(self, path: str, *steps: Step) -> None:
        """Play these bytes and pauses, whatever they are."""
        self.script(path, steps)

    def script(self, path: str, *answers: Answer) -> None:
        """Give these answers one after the other; the last one again and again."""
        rest = [tuple(steps) for steps in answers]
        self.handle(path, lambda _: rest.pop(0) if len(rest) > 1 else rest[0])

    def conditional(self, path: str, body: str, etag: str) -> None:
        """A page with an ETag: 304 without a body for those who have it already."""

        def handler(asked: Asked) -> Answer:
            if asked.headers.get("if-none-match") == etag:
                return answer(b"", status=304, headers=[("ETag", etag)], media_type=None, length=False)
            return html(body, headers=[("ETag", etag)])

        self.handle(path, handler)

    def handle(self, path: str, handler: Handler) -> None:
        """Let a function answer requests for ``path`` (with its query, if it has one)."""
        self._routes[path] = handler

    def asked(self, path: str) -> int:
        """How often ``path`` was asked for."""
        return sum(request.path == path for request in self.requests)

    def __enter__(self) -> "FakeWeb":
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        while not self._threads.empty():
            self._threads.get().join(5)

    def _serve(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._talk, args=(connection,), daemon=True)
            self._threads.put(thread)
            thread.start()

    def _talk(self, connection: socket.socket) -> None:
        connection.settimeout(_PATIENCE)
        with self._lock:
            self._open.add(connection)
        try:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            self._answer(connection)
        except OSError:
            pass  # the client hung up, which is its right
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def _answer(self, connection: socket.socket) -> None:
        asked = _read_request(connection)
        if asked is None:
            return
        with self._lock:
            steps = self._routes.get(asked.path, self.fallback)(asked)
            number = len(self.requests)
            self.requests.append(asked)
            self.answers.append(bytearray())
        for step in steps:
            if isinstance(step, bytes):
                self.answers[number] += step
                connection.sendall(step)
            elif isinstance(step, Pause):
                self._closing.wait(_PATIENCE if step.seconds is None else step.seconds)
            elif isinstance(step, Reset):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                return
            else:
                connection.recv(1)
        _say_goodbye(connection, self.farewell)


def _say_goodbye(connection: socket.socket, farewell: bool) -> None:
    """Close in order: TLS's closing word first, then no more to send, then wait until the client is done too."""
    if isinstance(connection, ssl.SSLSocket) and farewell:
        with contextlib.suppress(OSError):
            connection = connection.unwrap()
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(2)
        while connection.recv(65536):
            pass


def _read_request(connection: socket.socket) -> Asked | None:
    raw = b""
    while b"\r\n\r\n" not in raw:
        data = connection.recv(65536)
        if not data:
            return None
        raw += data
    first, *lines = raw.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Asked(method, path, headers, raw)


def _nothing_here(_: Asked) -> Answer:
    return html("<h1>Not found</h1>", title="Not found", status=404)


def _tls_context(certificate: tuple[str, str]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context
