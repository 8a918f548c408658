"""A timestamp authority on this machine: `openssl ts` behind a real HTTP server, which can be told to misbehave."""

import functools
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the timestamps of this test")

_EXTENSIONS = {
    "tsa": "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\nbasicConstraints=CA:FALSE\n",
    "web": "extendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n",
}
_CONFIG = """[tsa]
default_tsa = t
[t]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
{more}
"""


class TimestampAuthority:
    """Root, authority and `openssl ts` configuration in one folder."""

    def __init__(self, folder: Path, name: str, *, days: int = 30) -> None:
        self.folder = folder
        folder.mkdir()
        _key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        self._run("req", "-x509", *_key, "-keyout", "root.key", "-out", "root.pem", "-days", str(days),
                  "-subj", f"/CN={name} root", "-addext", "basicConstraints=critical,CA:TRUE")  # fmt: skip
        (folder / "tsa.ext").write_text(_EXTENSIONS["tsa"])
        self._run("req", *_key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", f"/CN={name}")
        self._run("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "7",
                  "-days", str(days), "-extfile", "tsa.ext", "-out", "tsa.pem")  # fmt: skip
        (folder / "serial").write_text("01")
        self.root = folder / "root.pem"
        self.configure()

    def configure(self, *, chain: bool = False) -> None:
        """``chain``: send the root too, in an order that DER does not have."""
        more = f"certs = {self.folder}/root.pem" if chain else ""
        (self.folder / "tsa.cnf").write_text(_CONFIG.format(folder=self.folder, more=more))

    def answer(self, query: bytes) -> bytes:
        """A token for a request."""
        (self.folder / "query").write_bytes(query)
        self._run("ts", "-reply", "-queryfile", "query", "-config", "tsa.cnf", "-section", "t", "-out", "reply")
        return (self.folder / "reply").read_bytes()

    def answer_about(self, data: bytes) -> bytes:
        """A token for other data, without a nonce."""
        (self.folder / "data").write_bytes(data)
        self._run("ts", "-query", "-data", "data", "-sha256", "-cert", "-no_nonce", "-out", "other")
        return self.answer((self.folder / "other").read_bytes())

    def _run(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)


Answer = Callable[[bytes], tuple[int, str, bytes]]


@contextmanager
def served(answer: Answer) -> Iterator[str]:
    """The address of a server that answers each POST by ``answer``: status, media type and body."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            status, media_type, body = answer(query)
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=functools.partial(server.serve_forever, 0.02), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsr"
    finally:
        server.shutdown()
        server.server_close()


def faithful(authority: TimestampAuthority) -> Answer:
    """As the standard says."""
    return lambda query: (200, "application/timestamp-reply", authority.answer(query))


def slow(seconds: float, authority: TimestampAuthority) -> Answer:
    """Right, and too late."""

    def late(query: bytes) -> tuple[int, str, bytes]:
        time.sleep(seconds)
        return faithful(authority)(query)

    return late
