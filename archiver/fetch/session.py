"""requests sends over our own line: own adapter, pools and connections, and nothing patched process-wide.

A connection dials, sends and reads through the line and is used once; http.client and urllib3 spell the request
and check certificates, but never see the answer's bytes, whose limits and gaps they would hide.
"""

import socket
import ssl
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.ssl_ import create_urllib3_context

from archiver.fetch.coding import ACCEPTED
from archiver.fetch.line import Line, in_words
from archiver.fetch.results import Trouble
from archiver.fetch.wire import AnswerReader
from archiver.model import Outcome

_OBEYED = frozenset({"content-length", "transfer-encoding", "content-encoding"})


class _OverTheLine:
    """What both kinds of connection do through the line: dial, send and read."""

    sock: Any
    _dns_host: str
    port: int
    _line: Line

    def _new_conn(self) -> socket.socket:
        return self._line.dial(self._dns_host.strip("[]"), self.port)

    def send(self, data: Any) -> None:
        """Called by http.client with the bytes of the request."""
        if self.sock is None:
            self.connect()
        self._line.send(self.sock, data)

    def getresponse(self) -> urllib3.HTTPResponse:
        """Called by urllib3: the whole answer, read by our own reader. The connection is not used again."""
        try:
            return _as_urllib3(self._line.receive(self.sock))
        finally:
            self.close()

    if TYPE_CHECKING:  # made by the urllib3 class that this is mixed into

        def connect(self) -> None: ...
        def close(self) -> None: ...


class _Plain(_OverTheLine, HTTPConnection):  # type: ignore[misc]
    """HTTP."""

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        HTTPConnection.__init__(self, *args, **kwargs)
        self._line = line

    connect = HTTPConnection.connect
    close = HTTPConnection.close


class _Secure(_OverTheLine, HTTPSConnection):  # type: ignore[misc]
    """HTTP inside TLS; certificates are always checked against the name that was asked for."""

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        context = kwargs.get("ssl_context") or create_urllib3_context()
        # Python before 3.11.4 took a cut connection for an ended one (CPython issue 95494).
        context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
        HTTPSConnection.__init__(self, *args, **{**kwargs, "ssl_context": context})
        self._line = line

    close = HTTPSConnection.close

    def connect(self) -> None:
        """Connect and agree on TLS. Raises Trouble."""
        try:
            HTTPSConnection.connect(self)
        except TimeoutError as error:
            raise Trouble(Outcome.TIMEOUT, f"{self.host} did not agree on TLS in time") from error
        except (ssl.SSLError, urllib3.exceptions.SSLError) as error:
            said = getattr(error, "verify_message", None) or getattr(error, "reason", None) or error
            raise Trouble(Outcome.TLS, f"no trusted TLS with {self.host}: {str(said)[:200]}") from error
        except OSError as error:
            raise Trouble(Outcome.TLS, f"no TLS with {self.host}: {in_words(error)}") from error
        # Without this Python hides that the connection ended without TLS's closing word, which anybody on the
        # way can bring about; a body without a length is then not whole (RFC 9112, 9.8).
        self.sock.suppress_ragged_eofs = False
        self._line.note_tls(self.sock)


def _as_urllib3(reader: AnswerReader) -> urllib3.HTTPResponse:
    """The answer as the object that requests expects, its body still compressed.

    The headers about length and packing are left out: they have been obeyed, and urllib3 would do so again.
    """
    assert reader.head is not None
    headers = [(name, value) for name, value in reader.head.headers if name.lower() not in _OBEYED]
    return urllib3.HTTPResponse(
        body=BytesIO(reader.payload),
        headers=urllib3.HTTPHeaderDict(headers),
        status=reader.head.status,
        version=10 + reader.head.minor_version,
        preload_content=False,
        decode_content=False,
    )


class _PlainPool(HTTPConnectionPool):
    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ConnectionCls = partial(_Plain, line=line)  # type: ignore[assignment]


class _SecurePool(HTTPSConnectionPool):
    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ConnectionCls = partial(_Secure, line=line)  # type: ignore[assignment]


class LineAdapter(HTTPAdapter):
    """Takes requests' requests to our own connections, and to no proxy."""

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__(max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:
        """Called by requests: pools whose connections know the line."""
        self.poolmanager = urllib3.PoolManager(connections, maxsize=maxsize, block=block, **options)
        self.poolmanager.pool_classes_by_scheme = {
            "http": partial(_PlainPool, line=self._line),
            "https": partial(_SecurePool, line=self._line),
        }


class LineSession(requests.Session):
    """A session that brings nothing of its own: no environment, cookies, credentials, proxies or redirects."""

    def __init__(self, line: Line, agent: str, ca_file: str | None) -> None:
        super().__init__()
        self.trust_env = False
        self.verify = ca_file or True
        self.mount("http://", LineAdapter(line))
        self.mount("https://", LineAdapter(line))
        self.headers.clear()
        self.headers.update(
            {
                "User-Agent": agent,
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "Accept-Encoding": ACCEPTED,
                "Connection": "close",
            }
        )

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Never: each hop is checked and recorded by the journey, not followed here."""
