"""https is checked, recorded inside its envelope, and a connection cut on the way is noticed."""

import shutil
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from archiver.model import Outcome
from tests.fakeweb import FakeWeb, KeepOpen, html, zipped
from tests.fetch.helpers import fetcher

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates")

NAMES = {"news.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate for news.example and 127.0.0.1, signed by itself, and its key."""
    folder: Path = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=news.example"
    names = "subjectAltName=DNS:news.example,IP:127.0.0.1"
    subprocess.run(
        ["openssl", *request.split(), "-addext", names, "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    return str(certificate), str(key)


def test_a_page_over_tls(certificate: tuple[str, str]) -> None:
    """Kept, with the bytes inside TLS, the version, the cipher and the certificate's digest."""
    with FakeWeb(certificate=certificate) as web, fetcher(known=NAMES, ca_file=certificate[0]) as fetch:
        web.script("/a", html("<p>x</p>"))
        result = fetch.fetch(web.url("/a", host="news.example"))
    assert result.outcome is Outcome.KEPT, result.reason
    assert result.exchanges[0].response == web.answers[0]
    assert result.exchanges[0].request == web.requests[0].raw
    assert "TLSv1." in (result.exchanges[0].tls or "")
    assert "certificate-sha256=" in (result.exchanges[0].tls or "")


def test_a_certificate_that_nobody_vouches_for(certificate: tuple[str, str]) -> None:
    """TLS, and nothing was asked."""
    with FakeWeb(certificate=certificate) as web, fetcher(known=NAMES) as fetch:
        result = fetch.fetch(web.url("/a", host="news.example"))
    assert (result.outcome, result.exchanges, web.requests) == (Outcome.TLS, (), [])


def test_a_certificate_for_another_name(certificate: tuple[str, str]) -> None:
    """The connection goes to a checked address, but the name is still the one that must be proved."""
    with FakeWeb(certificate=certificate) as web, fetcher(known=NAMES, ca_file=certificate[0]) as fetch:
        result = fetch.fetch(web.url("/a", host="other.example"))
    assert result.outcome is Outcome.TLS


def test_no_tls_where_it_was_expected() -> None:
    """A plain server under an https address."""
    with FakeWeb() as web, fetcher(connect_timeout=0.3) as fetch:
        result = fetch.fetch(f"https://127.0.0.1:{web.port}/a")
    assert result.outcome in {Outcome.TLS, Outcome.TIMEOUT}


def test_a_handshake_in_drips_ends() -> None:
    """A server that sends a handshake byte by byte is left when time is up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stop = threading.Event()

        def drip() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"\x16\x03\x03\x40\x00")
                while not stop.wait(0.05):
                    try:
                        connection.sendall(b"\0")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        with fetcher(total_timeout=0.6, connect_timeout=0.4) as fetch:
            result = fetch.fetch(f"https://127.0.0.1:{listener.getsockname()[1]}/")
        stop.set()
        thread.join()
    assert result.outcome is Outcome.TIMEOUT


def test_a_connection_cut_without_a_closing_word_is_not_whole(certificate: tuple[str, str]) -> None:
    """Anybody on the way can cut a connection; only TLS's own end, or a length, shows that all has come."""
    with FakeWeb(certificate=certificate) as web, fetcher(known=NAMES, ca_file=certificate[0]) as fetch:
        web.farewell = False
        web.raw("/open", b"HTTP/1.1 200 OK\r\n\r\n<p>x</p>")
        web.raw("/length", b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n<p>x</p>")
        outcomes = [fetch.fetch(web.url(path, host="news.example")).outcome for path in ("/open", "/length")]
    assert outcomes == [Outcome.TRUNCATED, Outcome.KEPT]


def test_an_open_end_over_tls_closed_in_order_is_kept(certificate: tuple[str, str]) -> None:
    """With the closing word the body is as whole as such a body can be."""
    with FakeWeb(certificate=certificate) as web, fetcher(known=NAMES, ca_file=certificate[0]) as fetch:
        web.raw("/open", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", zipped(b"<p>x</p>"))
        web.raw("/kept", b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n<p>x</p>", KeepOpen())
        outcomes = [fetch.fetch(web.url(path, host="news.example")).outcome for path in ("/open", "/kept")]
    assert outcomes == [Outcome.KEPT, Outcome.KEPT]


def test_leaving_https_is_noted(certificate: tuple[str, str]) -> None:
    """From there on anybody on the way could have changed the page; the record says so."""
    with (
        FakeWeb(certificate=certificate) as web,
        FakeWeb() as plain,
        fetcher(known=NAMES, ca_file=certificate[0]) as fetch,
    ):
        plain.script("/b", html("<p>x</p>"))
        web.redirect("/a", plain.url("/b", host="news.example"))
        result = fetch.fetch(web.url("/a", host="news.example"))
    assert result.outcome is Outcome.KEPT
    assert "left https for http" in result.notes[0]


def test_a_silent_name_server_holds_nobody_up() -> None:
    """The look-up is left behind when its time is up."""
    release = threading.Event()

    def never(host: str, port: int) -> list[str]:
        release.wait(10)
        return []

    fetch = fetcher(connect_timeout=0.2)
    fetch._line._resolve = never
    with fetch:
        result = fetch.fetch("http://news.example/")
    release.set()
    assert (result.outcome, result.exchanges) == (Outcome.DNS, ())
