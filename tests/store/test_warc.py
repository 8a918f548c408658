"""Records are written alike from the same input and read back strictly; content never becomes a header."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archiver.store import warc
from archiver.store.warc import Damage, Record

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
NAME = warc.record_id("test")
anything = st.text(st.characters(exclude_categories=()), max_size=60)


@for_all(block=st.binary(max_size=3000), value=anything)
def test_any_block_and_any_value_come_back(block: bytes, value: str) -> None:
    """What is written is read: the block byte for byte, the value as one clean line."""
    data = warc.encode("resource", NAME, AT, [("X-Value", value)], block)
    found = warc.read_one(data, 0)
    assert isinstance(found, Record)
    assert (found.block, found.length, found.id) == (block, len(data), NAME)
    assert found.field("X-Value") == warc.safe_value(value)
    assert [name for name, _ in found.fields].count("WARC-Type") == 1
    assert warc.repacked(found) == data


@for_all(value=anything)
def test_no_value_makes_a_header_line(value: str) -> None:
    """A line break in content cannot forge a named field, for our reader nor for another one."""
    data = warc.encode("resource", NAME, AT, [("X-Value", value + "\r\nWARC-Type: response")], b"body")
    (record,) = ArchiveIterator(io.BytesIO(data))
    assert record.rec_type == "resource"
    found = warc.read_one(data, 0)
    assert isinstance(found, Record)
    assert found.type == "resource"
    assert len(found.fields) == 6


@pytest.mark.parametrize(
    ("uri", "safe"),
    [
        ("https://a.example/x y", "https://a.example/x%20y"),
        ("https://a.example/\r\nWARC-Type: response", "https://a.example/%0D%0AWARC-Type:%20response"),
        ("https://a.example/ə?q=%20#f", "https://a.example/%C9%99?q=%20#f"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
        ("https://a.example/<b>", "https://a.example/%3Cb%3E"),
    ],
)
def test_uris_are_ascii_on_one_line(uri: str, safe: str) -> None:
    """Everything that an address must not hold is percent-encoded; what is encoded already stays."""
    assert warc.safe_uri(uri) == safe


def test_same_input_same_bytes() -> None:
    """No clock, no random name, no file name or time in the gzip header."""
    one = warc.encode("metadata", warc.record_id("a", 1), AT, [], b"{}")
    assert one == warc.encode("metadata", warc.record_id("a", 1), AT, [], b"{}")
    assert one[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
    assert warc.record_id("a", "1") != warc.record_id("a", 1) != warc.record_id("a1")


def _two_records() -> bytes:
    first = warc.encode("resource", warc.record_id(1), AT, [("Content-Type", "text/plain")], b"first " * 20)
    return first + warc.encode("resource", warc.record_id(2), AT, [], b"second")


def test_a_flip_anywhere_is_placed_at_its_record() -> None:
    """Each changed byte is damage at the record it lies in, and the other record is still read."""
    data = _two_records()
    second = next(found.length for found in warc.read_all(data))
    for place in range(len(data)):
        flipped = bytearray(data)
        flipped[place] ^= 0x10
        found = list(warc.read_all(bytes(flipped)))
        guilty = 0 if place < second else second
        damaged = [one.offset for one in found if isinstance(one, Damage)]
        repacked = [
            one.offset
            for one in found
            if isinstance(one, Record) and warc.repacked(one) != flipped[one.offset : one.offset + one.length]
        ]
        assert guilty in damaged + repacked, place
        assert any(isinstance(one, Record) and one.offset == second - guilty for one in found) or place < second


def test_a_cut_anywhere_is_damage() -> None:
    """A file that was cut short is never taken for whole, unless the cut is between two records."""
    data = _two_records()
    second = next(found.length for found in warc.read_all(data))
    for length in range(1, len(data)):
        found = list(warc.read_all(data[:length]))
        assert length == second or any(isinstance(one, Damage) for one in found), length


def test_one_record_is_read_from_a_file_without_the_rest(tmp_path: Path) -> None:
    """``read_at`` answers what ``read_all`` does, and says so when no record starts there."""
    data = _two_records()
    path = tmp_path / "two.warc.gz"
    path.write_bytes(data)
    for found in warc.read_all(data):
        assert warc.read_at(path, found.offset) == found
    assert isinstance(warc.read_at(path, 3), Damage)
    assert isinstance(warc.read_at(path, len(data)), Damage)
