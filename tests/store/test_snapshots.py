"""What a capture leaves in a WARC file: every byte that travelled, and a reader elsewhere agrees."""

import base64
import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archiver.canonical import sha256_hex
from archiver.model import Grade, Outcome
from archiver.store import disk, snapshots, warc
from archiver.store.archive import Archive
from archiver.store.incoming import NewCapture, clean, from_json
from archiver.store.snapshots import Built, Numbered, build, ni_name
from archiver.store.warc import Record
from tests.store.helpers import MORNING, answer, exchange, failed, fetched, given, later

BODY = b"Title: One\nBody of one."


def built(*news: NewCapture, held: dict[str, snapshots.Held] | None = None) -> Built:
    captures = [
        Numbered(number, clean(new), sha256_hex(new.body) if new.body is not None else None)
        for number, new in enumerate(news, 1)
    ]
    return build(captures, (held or {}).get)


def records(file: Built) -> list[Record]:
    found = list(warc.read_all(file.data))
    assert all(isinstance(one, Record) for one in found), found
    return [one for one in found if isinstance(one, Record)]


def kinds(file: Built) -> list[str]:
    return [record.type for record in records(file)]


def checked_elsewhere(tmp_path: Path, data: bytes) -> int:
    """What `warcio check` answers: 0 when it finds nothing wrong."""
    path = tmp_path / "checked.warc.gz"
    path.write_bytes(data)

    class Command:
        inputs: Sequence[str] = [str(path)]
        verbose = False

    return int(Checker(Command).process_all())


def test_a_file_is_kept_untouched_and_claims_nothing() -> None:
    """No address, no HTTP, no capture time: the name is made from the digest, the bytes are as they came."""
    file = built(given(BODY))
    assert kinds(file) == ["warcinfo", "resource", "metadata"]
    resource, metadata = records(file)[1:]
    assert resource.block == BODY
    digest = base64.urlsafe_b64encode(hashlib.sha256(BODY).digest()).decode().rstrip("=")
    assert resource.field("WARC-Target-URI") == f"ni:///sha-256;{digest}"
    said = json.loads(metadata.block)
    assert (said["captured_at"], said["url"], said["status"], said["grade"]) == (None, None, None, "file")
    assert said["payload_offset"] == resource.offset


def test_a_file_may_be_given_an_address() -> None:
    """What the person named is the record's address; it is still a resource, no response."""
    file = built(given(BODY, url="https://news.example/é"))
    assert records(file)[1].field("WARC-Target-URI") == "https://news.example/%C3%A9"
    assert kinds(file) == ["warcinfo", "resource", "metadata"]


def test_a_fetch_is_kept_byte_for_byte() -> None:
    """Request, response with its chunks and compression, address, and which belongs to which."""
    new = fetched(BODY, "Content-Encoding: gzip", wire=gzip.compress(BODY, mtime=0))
    file = built(new)
    assert kinds(file) == ["warcinfo", "request", "response", "metadata"]
    request, response, metadata = records(file)[1:]
    assert request.block == new.exchanges[0].request
    assert response.block == new.exchanges[0].response
    assert response.field("WARC-IP-Address") == "192.0.2.7"
    assert request.field("WARC-Concurrent-To") == response.id == metadata.field("WARC-Concurrent-To")
    assert response.field("WARC-Payload-Digest") == warc.digest_field(gzip.compress(BODY, mtime=0))
    assert snapshots.body_of(response) == BODY
    assert file.entries[0].record.payload_offset == response.offset


def test_every_hop_and_robots_txt_are_there_in_order() -> None:
    """Redirects come before the answer they led to."""
    hop = exchange("http://news.example/a", answer(b"", "Location: https://news.example/a", status="301 Moved"))
    robots = exchange("https://news.example/robots.txt", answer(b"User-agent: *\n"))
    new = fetched(BODY)
    file = built(replace(new, exchanges=(hop, *new.exchanges), supporting=(robots,)))
    assert kinds(file) == ["warcinfo", *["request", "response"] * 3, "metadata"]
    addresses = [record.field("WARC-Target-URI") for record in records(file) if record.type == "response"]
    assert addresses == ["https://news.example/robots.txt", "http://news.example/a", "https://news.example/a"]


def test_the_same_payload_is_a_revisit() -> None:
    """Head of the answer only, with everything that leads to the record that holds the payload."""
    file = built(fetched(BODY), fetched(BODY, at=later(5)))
    assert kinds(file)[1:] == ["request", "response", "metadata", "request", "revisit", "metadata"]
    first, revisit = records(file)[2], records(file)[5]
    assert revisit.field("WARC-Profile") == snapshots.SAME_PAYLOAD
    assert revisit.field("WARC-Refers-To") == first.id
    assert revisit.field("WARC-Refers-To-Date") == first.field("WARC-Date")
    assert revisit.field("WARC-Refers-To-Target-URI") == "https://news.example/a"
    assert revisit.field("WARC-Payload-Digest") == first.field("WARC-Payload-Digest")
    assert revisit.block.endswith(b"\r\n\r\n")
    again = file.entries[1].record
    assert (again.sha256, again.size, again.payload_offset) == (sha256_hex(BODY), len(BODY), None)


def test_the_same_body_packed_otherwise_keeps_its_bytes() -> None:
    """Other bytes travelled, so they are kept; the body is not stored as a snapshot twice."""
    packed = fetched(BODY, "Content-Encoding: gzip", wire=gzip.compress(BODY, mtime=0), at=later(5))
    file = built(fetched(BODY), packed)
    assert kinds(file)[4:] == ["request", "response", "metadata"]
    assert file.entries[1].record.payload_offset is None


def test_not_modified_is_a_revisit_without_payload() -> None:
    """A 304 keeps its head and points to the copy it confirms."""
    head = answer(b"", "ETag: one", status="304 Not Modified")
    new = NewCapture(
        Outcome.NOT_MODIFIED,
        Grade.FETCH,
        later(9),
        requested_url="https://news.example/a",
        url="https://news.example/a",
        captured_at=later(9),
        status=304,
        exchanges=(exchange("https://news.example/a", head, later(9)),),
    )
    known = snapshots.Held(len(BODY), "<urn:uuid:x>", "https://news.example/a", "2026-03-01T08:00:00Z", "sha256:0")
    file = build([Numbered(7, clean(new), sha256_hex(BODY))], {sha256_hex(BODY): known}.get)
    revisit = records(file)[2]
    assert (revisit.type, revisit.field("WARC-Profile")) == ("revisit", snapshots.NOT_MODIFIED)
    assert revisit.block == head
    assert file.entries[0].record.size == len(BODY)


def test_a_body_that_plain_rules_do_not_decode_is_kept_beside() -> None:
    """The fetcher could unpack it and this module cannot: nobody must need our fetcher to read the archive."""
    file = built(fetched(BODY, "Content-Encoding: br", wire=b"not really brotli"))
    assert kinds(file) == ["warcinfo", "request", "response", "conversion", "metadata"]
    conversion = records(file)[3]
    assert conversion.block == BODY
    assert conversion.field("WARC-Refers-To") == records(file)[2].id
    assert file.entries[0].record.payload_offset == conversion.offset


def test_what_is_not_http_claims_no_response() -> None:
    """Bytes of a server that does not speak HTTP are kept as bytes; a cut one says why."""
    broken = replace(
        failed(Outcome.PROTOCOL), exchanges=(exchange("https://news.example/a", b"SSH-2.0-x\r\n", truncated="length"),)
    )
    file = built(broken)
    assert kinds(file) == ["warcinfo", "request", "resource", "metadata"]
    assert records(file)[2].field("WARC-Truncated") == "length"
    assert records(file)[2].block == b"SSH-2.0-x\r\n"


def test_a_failure_leaves_its_reason() -> None:
    """A name that does not resolve: one metadata record, no exchange."""
    file = built(failed(Outcome.DNS, "no such host"))
    assert kinds(file) == ["warcinfo", "metadata"]
    record = from_json(json.loads(records(file)[1].block))
    assert (record.outcome, record.reason, record.sha256) == (Outcome.DNS, "no such host", None)


def test_passwords_stay_out() -> None:
    """User name and password of an address are nowhere in the file's metadata."""
    file = built(replace(failed(Outcome.DNS), requested_url="https://me:secret@news.example/a"))
    assert not any(b"secret" in record.block for record in records(file))


def test_same_captures_same_file() -> None:
    """A pure function: the name of the file follows from what is in it."""
    assert built(given(BODY), fetched(b"x")) == built(given(BODY), fetched(b"x"))
    assert built(given(BODY)).sha256 != built(given(BODY, at=later(1))).sha256


text = st.text(st.characters(exclude_categories=()), max_size=30)


@settings(max_examples=60, deadline=None)
@for_all(
    body=st.binary(max_size=200),
    response=st.one_of(st.binary(max_size=200), st.binary(max_size=60).map(lambda noise: answer(noise))),
    head=st.binary(max_size=40),
    strange=text,
)
def test_any_capture_is_whole_here_and_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, response: bytes, head: bytes, strange: str
) -> None:
    """Whatever servers and file names hold: every record reads back, and `warcio check` finds nothing wrong."""
    hostile = exchange(f"https://news.example/{strange}", b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + response)
    news = [
        replace(given(body, name=strange), media_type=strange, reason=strange, headers=((strange, strange),)),
        replace(fetched(body), exchanges=(hostile, exchange("https://news.example/", response))),
    ]
    file = built(*news)
    assert file.entries[0].record.filename == clean(news[0]).filename
    for entry, new in zip(file.entries, news, strict=True):
        (metadata,) = [record for record in records(file) if record.offset == entry.offset]
        assert from_json(json.loads(metadata.block)) == entry.record
        if entry.record.payload_offset is not None:
            (holder,) = [record for record in records(file) if record.offset == entry.record.payload_offset]
            assert snapshots.body_of(holder) == new.body
    assert checked_elsewhere(tmp_path_factory.mktemp("warc"), file.data) == 0


def test_every_file_of_an_archive_passes_warcio_check(filled: Archive, tmp_path: Path) -> None:
    """Files, fetches, revisits and failures alike."""
    for path in disk.warc_files(filled.folder).values():
        assert checked_elsewhere(tmp_path, path.read_bytes()) == 0
    revisits = built(fetched(BODY), fetched(BODY, at=later(5)), given(BODY))
    assert kinds(revisits).count("revisit") == 2
    assert checked_elsewhere(tmp_path, revisits.data) == 0


def test_another_reader_sees_the_same_records(tmp_path: Path) -> None:
    """warcio reads types, addresses and decoded bodies as we do."""
    file = built(fetched(BODY, "Content-Encoding: gzip", wire=gzip.compress(BODY, mtime=0)), given(b"second"))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(file.data)
    with path.open("rb") as stream:
        there = [(one.rec_type, one.content_stream().read()) for one in ArchiveIterator(stream)]
    assert [kind for kind, _ in there] == kinds(file)
    assert dict(there)["response"] == BODY
    assert dict(there)["resource"] == b"second"


def test_names_of_bytes_without_an_address() -> None:
    """The example of RFC 6920, section 8.2."""
    assert ni_name(sha256_hex(b"Hello World!")) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


def test_moments_need_a_zone() -> None:
    """A naive time would be somebody's own time zone in disguise."""
    with pytest.raises(ValueError, match="zone"):
        clean(replace(given(BODY), added_at=MORNING.replace(tzinfo=None)))
