"""Archives of varied captures, their seals, and the bundles made of them."""

import gzip
import io
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from archiver.export import bundle, verify_bundle
from archiver.model import Outcome
from archiver.store import seals
from archiver.store.archive import Archive
from archiver.store.incoming import NewCapture
from archiver.store.proving import gather
from archiver.tlog.keys import SigningKey, new_key
from archiver.tlog.notes import COSIGNATURE, ED25519
from tests.store.helpers import answer, audit, exchange, failed, fetched, given, later, read

NAME = "archive.example/press"
VERIFIER = Path(verify_bundle.__file__)


def key_of(number: int, name: str = NAME, kind: int = ED25519) -> SigningKey:
    """A key that is always the same."""
    return new_key(name, kind, bytes([number]) * 32)


WITNESS = key_of(9, "witness.example/w1", COSIGNATURE)


def body_of(number: int, more: str = "") -> bytes:
    """A text with a title, an outlet, an origin, and letters of several lengths in UTF-8."""
    return (
        f"# menu {number}\nTitle: Şuşa yolu {number} 🛤\nOutlet: Xəbər | xeber{number}.example\nPublished: 2024-05-01\n"
        f"Origin: translation Source{number} source.example https://source.example/{number}\n"
        f"Language: az\nƏliyev Şuşaya getdi, {number} nəfər qarşıladı.\n<script>alert({number})</script> سلام\n{more}"
    ).encode()


def chunked(body: bytes, size: int = 50) -> bytes:
    """``body`` as it travels in chunks."""
    parts = [body[place : place + size] for place in range(0, len(body), size)]
    return b"".join(b"%x;n=1\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def packed(body: bytes) -> bytes:
    """``body`` in gzip, always the same bytes."""
    return gzip.compress(body, mtime=0)


def varied(number: int) -> list[NewCapture]:
    """One batch of captures; the first sixteen numbers are of as many kinds."""
    body, at, url = body_of(number), later(number), f"https://news.example/{number}"
    raw = zlib.compressobj(wbits=-15)
    first, before = f"https://news.example/{number // 16 * 16}", body_of(number // 16 * 16)
    kinds: list[list[NewCapture]] = [
        [fetched(body, "Date: Sun, 01 Mar 2026 08:00:00 GMT", url=url, at=at)],
        [given(body, url=url, at=at)],
        [given(body, at=at, name="ağ.txt")],
        [fetched(body, "Content-Encoding: gzip", url=url, at=at, wire=packed(body))],
        [fetched(body, "Transfer-Encoding: chunked", url=url, at=at, wire=chunked(body))],
        [
            fetched(
                body, "Transfer-Encoding: chunked", "Content-Encoding: gzip", url=url, at=at, wire=chunked(packed(body))
            )
        ],
        [fetched(body, "Content-Encoding: deflate", url=url, at=at, wire=raw.compress(body) + raw.flush())],
        [_redirected(body, url, at)],
        [  # the bytes of the first once more, and once more otherwise packed
            fetched(before, url=first, at=at),
            fetched(before, "Content-Encoding: gzip", url=first, at=at, wire=packed(before)),
        ],
        [_not_modified(first, at)],
        [failed(Outcome.DNS, "no such host", url=url, at=at)],
        [_not_found(url, at)],
        [fetched(body_of(number // 16 * 16, "And more.\n"), url=first, at=at)],  # a second version
        [fetched(b"# other menu\n" + body_of(number // 16 * 16, "And more.\n"), url=first, at=at)],  # shown again
        [fetched(body, "Content-Encoding: br", url=url, at=at, wire=b"\x0b\x02" + body)],
        [fetched(body_of(number * 100 + one), url=f"{url}/{one}", at=at) for one in range(3)],
    ]
    return kinds[number % 16]


def _redirected(body: bytes, url: str, at: datetime) -> NewCapture:
    new = fetched(body, url=url, at=at)
    robots = exchange("https://news.example/robots.txt", answer(b"User-agent: *\nAllow: /\n"), at)
    hop = exchange("https://short.example/x", answer(b"moved", f"Location: {url}", status="302 Found"), at)
    last = replace(new.exchanges[0], interim=b"HTTP/1.1 103 Early Hints\r\n\r\n", truncated=None)
    return replace(
        new, requested_url="https://short.example/x", exchanges=(hop, last), supporting=(robots,), notes=("one <hop>",)
    )


def _not_modified(url: str, at: datetime) -> NewCapture:
    new = failed(Outcome.NOT_MODIFIED, url=url, at=at)
    return replace(new, reason=None, status=304, exchanges=(exchange(url, answer(b"", status="304 Not Modified"), at),))


def _not_found(url: str, at: datetime) -> NewCapture:
    response = answer(b"Nothing here.", status="404 Not Found")
    return replace(
        failed(Outcome.NOT_FOUND, "HTTP 404", url=url, at=at), status=404, exchanges=(exchange(url, response),)
    )


def fill(archive: Archive, many: int, *, first: int = 0) -> None:
    """``many`` batches of varied captures, from number ``first`` on."""
    for number in range(first, first + many):
        with archive.writer(read, audit) as writer:
            writer.commit(varied(number))


def enter_key(archive: Archive, key: SigningKey) -> None:
    """Make ``key`` the first one of the archive's log."""
    with archive.writer(read, audit):
        seals.enter(archive, seals.of_key(key.verifier, None, None, later(0)))


def seal(archive: Archive, key: SigningKey, witness: SigningKey | None = None) -> None:
    """Sign the log as it is, and have it witnessed."""
    with archive.writer(read, audit):
        sealed = seals.seal(archive, key, seals.key_entries(archive.conn)[-1], key.name)
        if witness is not None:
            _, head = seals.newest(archive.folder) or (None, None)
            assert head is not None
            line = witness.cosign(sealed.note.text, 1_800_000_000)
            seals.add_cosignature(archive, sealed.note, head, line)


def sealed_archive(folder: Path, many: int, key: SigningKey | None = None, *, first: int = 0) -> None:
    """An archive of ``many`` batches, sealed, the first half with a witness."""
    key = key or key_of(1)
    with Archive.open(folder, create=True) as archive:
        enter_key(archive, key)
        fill(archive, many // 2, first=first)
        seal(archive, key, WITNESS)
        fill(archive, many - many // 2, first=first + many // 2)
        seal(archive, key)


def files_of(folder: Path, ref: str, *, with_text: bool = True, whole_file: bool = False) -> dict[str, bytes]:
    """The files of a bundle."""
    with Archive.open(folder, read_only=True) as archive:
        return bundle.complete(gather(archive, ref, with_text=with_text, whole_file=whole_file).members)


def numbers(folder: Path) -> list[int]:
    """All captures of an archive."""
    with Archive.open(folder, read_only=True) as archive:
        return [number for (number,) in archive.conn.execute("SELECT number FROM captures ORDER BY number")]


def examine(files: Mapping[str, bytes], *keys: str, own: Any = ()) -> dict[str, Any]:
    """What the verifier says, called in this process."""
    told: dict[str, Any] = verify_bundle.examine(verify_bundle.Files(files), keys, own)
    return told


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def run(
    path: Path, *arguments: str, python: str = sys.executable, program: Path = VERIFIER
) -> tuple[int, dict[str, Any]]:
    """The verifier as others run it: alone, without this package or any other; (exit status, what it says)."""
    ran = subprocess.run(
        [python, "-I", "-S", str(program), str(path), "--json", *arguments], capture_output=True, text=True, cwd="/"
    )
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.returncode, json.loads(ran.stdout)
