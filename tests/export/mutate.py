"""Ways to change a bundle, from a single bit to a forger who recomputes everything but the log."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from archiver.canonical import canonical_json, sha256_hex
from archiver.export import bundle, verify_bundle
from archiver.store import warc
from archiver.timepoint import parse_utc

Bundle = dict[str, bytes]
Rest = random.Random

READING = ("reading.json", "reading.leaf.json", "reading.proof", "statements.json", "text.txt", "page.txt")
LOG = ("checkpoint", "head", "keys.txt", "capture.proof", "reading.proof", "source.proof")


def mutated(rest: Rest, pool: list[Bundle]) -> tuple[str, int, Bundle | bytes]:
    """What was done, to which bundle of the pool, and what came of it: files, or the bytes of a zip."""
    place = rest.randrange(len(pool))
    files, other = dict(pool[place]), pool[rest.randrange(len(pool))]
    if rest.random() < 0.15:
        return "bytes of the zip", place, _raw(rest, bundle.packed(files))
    change = rest.choice(CHANGES)
    change(rest, files, other)
    how = rest.randrange(3)
    if how >= 1:
        recomputed(files, with_page=how == 2)
    return f"{change.__name__}, recomputed: {how}", place, files


def recomputed(files: Bundle, *, with_page: bool) -> None:
    """The manifest, and the page where one can be made, as a forger would make them."""
    if with_page:
        try:
            files["index.html"] = verify_bundle.page(verify_bundle.Files(files))
        except (verify_bundle.Wrong, *verify_bundle.TROUBLE):
            pass
    files["manifest.sha256"] = verify_bundle.manifest(files)


def _raw(rest: Rest, data: bytes) -> bytes:
    place = rest.randrange(len(data))
    return rest.choice(
        [
            data[:place] + bytes([data[place] ^ 1 << rest.randrange(8)]) + data[place + 1 :],
            data[:place],
            data + data[:place],
            data[:place] + data,
            data[:place] + data[place + rest.randrange(1, 9) :],
        ]
    )


def _name(rest: Rest, files: Bundle) -> str:
    return rest.choice(sorted(set(files) - {"manifest.sha256", "verify_bundle.py"}))


def flip_a_bit(rest: Rest, files: Bundle, _: Bundle) -> None:
    name = rest.choice(sorted(files))
    if files[name]:
        place = rest.randrange(len(files[name]))
        changed = bytearray(files[name])
        changed[place] ^= 1 << rest.randrange(8)
        files[name] = bytes(changed)


def cut_or_add(rest: Rest, files: Bundle, _: Bundle) -> None:
    name = rest.choice(sorted(files))
    place = rest.randrange(len(files[name]) + 1)
    files[name] = rest.choice([files[name][:place], files[name] + b"\n", files[name] + files[name][:place]])


def drop(rest: Rest, files: Bundle, _: Bundle) -> None:
    for _each in range(rest.randrange(1, 4)):
        if files:
            del files[rest.choice(sorted(files))]


def drop_a_group(rest: Rest, files: Bundle, _: Bundle) -> None:
    group = rest.choice(
        [READING, LOG, ("text.txt", "page.txt"), ("body.warc.gz",), ("text.txt", "page.txt", "body.warc.gz")]
    )
    for name in group:
        files.pop(name, None)


def swap_one(rest: Rest, files: Bundle, other: Bundle) -> None:
    name = _name(rest, other)
    files[name] = other[name]


def swap_some(rest: Rest, files: Bundle, other: Bundle) -> None:
    group = rest.choice([READING, LOG, ("text.txt", "page.txt"), ("capture.proof",), ("reading.proof",)])
    for name in group:
        files.pop(name, None)
        if name in other:
            files[name] = other[name]


def add_a_stranger(rest: Rest, files: Bundle, _: Bundle) -> None:
    names = ["README", "body.warc.gz", "head", "source.leaf.json", "anchors/9-0123456789abcdef.tsr", "keys.txt", "a/b"]
    files.setdefault(rest.choice(names), bytes(rest.randrange(40)))


def edit_statements(rest: Rest, files: Bundle, _: Bundle) -> None:
    """A value, a quote, or what is shown; all digests made again."""
    if "statements.json" not in files:
        return
    said = json.loads(files["statements.json"])
    if said:
        one = rest.choice(said)
        one[rest.choice(["value", "quote", "rule"])] += rest.choice(["!", " ", "\u202e"])
        one["shown"] = rest.choice([0, 1])
    files["statements.json"] = canonical_json(said)
    read = json.loads(files["reading.json"])
    if rest.random() < 0.7:
        read["statements_digest"] = sha256_hex(files["statements.json"])
        read_again(files, read, with_leaf=rest.random() < 0.5)


def edit_reading(rest: Rest, files: Bundle, _: Bundle) -> None:
    """A column of the reading, or the text that it names."""
    if "reading.json" not in files:
        return
    read = json.loads(files["reading.json"])
    what = rest.choice(["reader", "version_id", "page_space", "encoding", "text", "page_text"])
    if what in read:
        read[what] += "x"
    else:
        name = {"text": "text.txt", "page_text": "page.txt"}[what]
        files[name] = files.get(name, b"") + b"!"
        read[f"{what}_sha256"] = sha256_hex(files[name])
    read_again(files, read, with_leaf=rest.random() < 0.5)


def read_again(files: Bundle, read: dict[str, Any], *, with_leaf: bool = True) -> None:
    """Reading and digests, and the leaf, after a change."""
    facts = [[*(read[name] for name in verify_bundle.FACTS), *read["notes"]], read["statements_digest"]]
    read["digest"] = sha256_hex(json.dumps([*facts, read["layout_sha256"]], separators=(",", ":")).encode())
    files["reading.json"] = canonical_json(read)
    if not with_leaf:
        return
    leaf = json.loads(files["reading.leaf.json"])
    for one in leaf["subject"]:
        one["digest"]["sha256"] = read[verify_bundle.NAMED[one["name"]]]
    leaf["predicate"].update(reader=read["reader"], version=read["version_id"])
    files["reading.leaf.json"] = canonical_json(leaf)


def edit_metadata(rest: Rest, files: Bundle, _: Bundle) -> None:
    """Another moment, address, outcome or number, in the record and in the leaf."""
    metadata = json.loads(files["metadata.json"])
    what = rest.choice(["captured_at", "url", "outcome", "number", "added_at", "status", "headers", "sha256"])
    metadata[what] = {
        "captured_at": "2020-01-01T00:00:00Z",
        "added_at": "2020-01-01T00:00:00Z",
        "number": 77,
        "status": 451,
        "headers": [["Date", "never"]],
        "sha256": None,
    }.get(what, "else")
    files["metadata.json"] = canonical_json(metadata)
    members = _members(files["capture.warc.gz"])
    record = warc.read_one(members[-1], 0)
    assert isinstance(record, warc.Record)
    at = parse_utc(record.field("WARC-Date") or "")
    fields = [("Content-Type", "application/json")]
    members[-1] = warc.encode("metadata", record.id, at, fields, files["metadata.json"])
    files["capture.warc.gz"] = b"".join(members)
    if rest.random() < 0.5:
        _leaf_again(files, metadata)


def edit_a_record(rest: Rest, files: Bundle, _: Bundle) -> None:
    """Something else in a record that is not the metadata, with the digest that it names."""
    members = _members(files["capture.warc.gz"])
    place = rest.randrange(len(members))
    record = warc.read_one(members[place], 0)
    assert isinstance(record, warc.Record)
    block = record.block.replace(b"200", b"404").replace(b"news", b"olds") + rest.choice([b"", b"!"])
    fields = [(name, value) for name, value in record.fields if name in {"WARC-Target-URI", "Content-Type"}]
    members[place] = warc.encode(record.type, record.id, parse_utc(record.field("WARC-Date") or ""), fields, block)
    files["capture.warc.gz"] = b"".join(members)
    if rest.random() < 0.5:
        _leaf_again(files, json.loads(files["metadata.json"]))


def _leaf_again(files: Bundle, metadata: dict[str, Any]) -> None:
    leaf = json.loads(files["capture.leaf.json"])
    digest = sha256_hex(files["capture.warc.gz"])
    body = [{"name": "body", "digest": {"sha256": metadata["sha256"]}}] if metadata["sha256"] else []
    leaf["subject"] = [
        {"name": "metadata record", "digest": {"sha256": sha256_hex(files["metadata.json"])}},
        *body,
        {"name": f"snapshots/{digest[:2]}/{digest}.warc.gz", "digest": {"sha256": digest}},
    ]
    leaf["predicate"] = {name: metadata[name] for name in leaf["predicate"]}
    files["capture.leaf.json"] = canonical_json(leaf)


def edit_the_log(rest: Rest, files: Bundle, other: Bundle) -> None:
    """Another size, root, index, key or signature."""
    name = rest.choice([name for name in (*LOG, "earlier/checkpoint", "earlier/capture.proof") if name in files])
    lines = files[name].split(b"\n")
    place = rest.randrange(len(lines))
    choices = [b"", b"12", b"index 3", b"archive.example/press", lines[place][::-1], lines[place] + b"x"]
    theirs = other.get(name, b"").split(b"\n")
    choices += theirs[place : place + 1]
    lines[place] = rest.choice(choices)
    files[name] = b"\n".join(lines)
    if rest.random() < 0.5 and "checkpoint" in files:
        for each in ("capture", "reading", "source"):
            if f"{each}.proof" in files:
                head = files[f"{each}.proof"].partition(b"\n\n")[0]
                files[f"{each}.proof"] = head + b"\n\n" + files["checkpoint"]


def _members(data: bytes) -> list[bytes]:
    return [data[one.offset : one.offset + one.length] for one in _whole(data)]


def _whole(data: bytes) -> Iterator[warc.Record]:
    for one in warc.read_all(data):
        assert isinstance(one, warc.Record)
        yield one


CHANGES: list[Callable[[Rest, Bundle, Bundle], None]] = [
    *(flip_a_bit, flip_a_bit, cut_or_add, drop, drop_a_group, swap_one, swap_one, swap_some, add_a_stranger),
    *(edit_statements, edit_reading, edit_metadata, edit_a_record, edit_the_log, edit_the_log),
]
