#!/usr/bin/env python3
"""Check the proof bundle of a news archive. Needs Python 3.9 or newer and nothing else: no network, no packages.

    python verify_bundle.py bundle.zip                 (or the folder into which it was unpacked)
    python verify_bundle.py bundle.zip --key VKEY      trust this key, which its owner gave you in another way
    python verify_bundle.py bundle.zip --text my.txt --page saved.html      is my own copy the one that is meant?

A bundle holds one capture of one page: its bytes, its text, what was read of it, and two or three "leaves" (capture,
reading, source): small JSON texts of digests. They stand in the log of the archive, a Merkle tree (RFC 6962) whose
root is signed. What is asked here, each question in a function of its own, in this order:
  check_manifest   is every file the one that manifest.sha256 names, and none missing or added?
  check_capture    do metadata, WARC records and body have the digests that the leaf of the capture names?
  check_reading    do statements and texts have those in the leaf of the reading? Is every quote at its place?
  check_log        does each leaf stand in the tree with that root, and which keys signed the root?
  page             is index.html what follows from these files, letter by letter?
Exit status: 0 it holds, 1 it does not hold, 2 it cannot be read. If you doubt whoever gave you the bundle, do not run
the copy of this program inside: it is the same in all bundles of one release of archiver; take it from there.
"""

from __future__ import annotations

import argparse
import base64
import datetime
import hashlib
import html
import json
import re
import struct
import sys
import zipfile
import zlib
from pathlib import Path

LARGEST, MOST = 1 << 29, 20_000  # bytes of a bundle, or of what is unpacked from it; files, or records in a file
TROUBLE = (  # what careless bytes may set off below
    *(OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError, MemoryError),
    *(EOFError, struct.error, zipfile.BadZipFile, zlib.error),
)
SIGNED, UNSIGNED = "c2sp.org/tlog-proof@v1", "archiver/unsigned-proof@v1"  # how a proof begins
NOBODY = "the log of this archive, signed by nobody"


class Unreadable(Exception):
    """No bundle that a careful reader opens."""


class Wrong(Exception):
    """The bundle does not hold, and why."""


def need(condition, why):
    if not condition:
        raise Wrong(why)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def canonical(value):
    """JSON in the one spelling of RFC 8785 (there are no numbers here but integers)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def unbase64(text):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "base64 that is not in its one spelling")
    return data


def lines_of(texts):
    return "".join(f"{one}\n" for one in texts).encode("utf-8")


# --- The files --------------------------------------------------------------------------------------------------------


class Files(dict[str, bytes]):
    """Name -> bytes. Remembers what was asked for: at the end nothing may be left over."""

    def __init__(self, members=()):
        super().__init__(members)
        self.asked = set()

    def __getitem__(self, name):
        self.asked.add(name)
        need(name in self, f"{name} is missing")
        return dict.__getitem__(self, name)

    def json(self, name):
        value = json.loads(self[name].decode("utf-8"), parse_int=lambda digits: int(digits[:20]))
        need(canonical(value) == self[name], f"{name} is not canonical JSON")
        return value


def read_bundle(path):
    """The files of a zip or a folder; refuses whatever two readers could understand differently."""
    found, total = Files(), 0
    for name, size, load in in_folder(Path(path)) if Path(path).is_dir() else in_zip(path):
        if not re.fullmatch(r"[A-Za-z0-9._/-]{1,100}", name) or {"", ".", ".."} & set(name.split("/")):
            raise Unreadable(f"no name for a file of a bundle: {name[:120]!r}")
        total += size
        if name in found or total > LARGEST or len(found) >= MOST:
            raise Unreadable(f"{name} is there twice, or there is more than {LARGEST} bytes or {MOST} files")
        found[name] = load(size)
        if len(found[name]) != size:
            raise Unreadable(f"{name} is not as long as it says")
    return found


def in_folder(folder):
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise Unreadable(f"not a plain file: {str(path)!r}")
        if path.is_file() and not path.name.startswith("."):  # names with a dot: what file managers leave behind
            yield path.relative_to(folder).as_posix(), path.stat().st_size, lambda _, path=path: read_file(path)


def in_zip(path):
    with zipfile.ZipFile(path) as file:
        members = file.infolist()
        if file.comment or min((one.header_offset for one in members), default=0):
            raise Unreadable("bytes before or behind the zip: another program may see other files in it")
        for info in members:
            if info.flag_bits & 1 or info.compress_type not in (0, 8) or info.external_attr >> 28 not in (0, 4, 8):
                raise Unreadable(f"not a plain file: {info.orig_filename[:120]!r}")

            def load(size, info=info):
                with file.open(info) as member:
                    return member.read(size + 1)

            if info.file_size or not info.is_dir():
                yield info.orig_filename, info.file_size, load


def read_file(path):
    with Path(path).open("rb") as file:
        return file.read(LARGEST)


def check_manifest(files):
    """The same as: sha256sum -c manifest.sha256"""
    named, here = files["manifest.sha256"].decode().splitlines(), manifest(files).decode().splitlines()
    wrong = sorted({line[66:] for line in {*named} ^ {*here}})[:9]
    need(
        files["manifest.sha256"] == lines_of(here), f"other files, or another order, than it names: {', '.join(wrong)}"
    )
    other = "verify_bundle.py in the bundle is not this program. It may be that of another release (take it from there)"
    need(files["verify_bundle.py"] == read_file(__file__), f"{other}, or somebody changed it (do not run it)")


def manifest(files):
    return lines_of(f"{sha256(files.get(name))}  {name}" for name in sorted(set(files) - {"manifest.sha256"}))


# --- The capture ------------------------------------------------------------------------------------------------------


def leaf(kind, digests, said):
    """An entry of the log: an in-toto Statement (https://in-toto.io/Statement/v1)."""
    subject = [{"name": name, "digest": {"sha256": digest}} for name, digest in digests]
    kind = f"urn:archiver:leaf:{kind}:1"
    entry = {"_type": "https://in-toto.io/Statement/v1", "subject": subject, "predicateType": kind, "predicate": said}
    return canonical(entry)


def check_capture(files):
    """metadata.json, WARC records and body against capture.leaf.json; answers what of them the bundle proves."""
    metadata = files.json("metadata.json")
    warc = files.json("capture.leaf.json")["subject"][-1]["digest"]["sha256"]  # the file that holds the records
    body = [("body", metadata["sha256"])] if metadata["sha256"] else []
    digests = [("metadata record", sha256(files["metadata.json"])), *body]
    digests.append((f"snapshots/{warc[:2]}/{warc}.warc.gz", warc))
    said = {name: metadata[name] for name in ("number", "outcome", "grade", "captured_at", "added_at")}
    need(leaf("capture", digests, said) == files["capture.leaf.json"], "metadata.json is not what the leaf speaks of")
    found = records(files["capture.warc.gz"])
    ends = [block for fields, block in found if fields.get("Content-Type") == "application/json"]
    whole = sha256(files["capture.warc.gz"]) == warc  # else it is a part of that file, with this capture alone
    sound = ends == [files["metadata.json"]] or (whole and files["metadata.json"] in ends)
    need(sound, "capture.warc.gz does not hold the metadata record of this capture alone")
    kept = [one for one in found if one[0]["WARC-Type"] in CONTENT]
    if "body.warc.gz" in files:  # an earlier capture brought the same bytes
        kept = records(files["body.warc.gz"])
        need(len(kept) == 1 and body, "body.warc.gz is not the one record that holds the body")
    has = bool(body) and any(sha256(body_of(*one)) == metadata["sha256"] for one in kept)
    need(has or not kept or not body, "no record holds the body that the leaf names")
    return {"body": has, "whole": whole}


CONTENT = ("response", "resource", "conversion")


def records(data):
    """The (fields, block) of each record of a WARC 1.1 file; the block has the digest that the record names."""
    found = []
    for raw in unpacked(data, 31):
        head, _, rest = raw.partition(b"\r\n\r\n")
        version, *lines = head.decode("utf-8").split("\r\n")
        fields, block = dict(line.split(": ", 1) for line in lines), rest[:-4]
        sound = version == "WARC/1.1" and rest[-4:] == b"\r\n\r\n" and fields["Content-Length"] == str(len(block))
        sound = sound and len(fields) == len(lines) and fields["WARC-Block-Digest"] == f"sha256:{sha256(block)}"
        need(sound, "a WARC record is not as it should be")
        found.append((fields, block))
    return found


def unpacked(data, form):
    """What each gzip member (form 31), zlib (15) or deflate (-15) stream holds, one behind the other."""
    place, left, found = 0, LARGEST, []
    while place < len(data):
        stream, pieces = zlib.decompressobj(form), []
        while not stream.eof and place < len(data):
            piece = data[place : place + 4096]
            pieces.append(stream.decompress(piece, left + 1))
            place, left = place + len(piece), left - len(pieces[-1])
            need(left >= 0 and len(found) < MOST, "what is packed is too large")
        place -= len(stream.unused_data)
        need(stream.eof, "what is packed breaks off")
        found.append(b"".join(pieces))
        while data[place : place + 1] == b"\0":  # padding
            place += 1
    return found


def body_of(fields, block):
    """What a record holds; of an HTTP response the body, chunks (RFC 9112, 7.1) and compression (RFC 9110) undone."""
    if fields["WARC-Type"] != "response":
        return block
    head, _, body = block.partition(b"\r\n\r\n")
    lines = [line.lower().partition(":")[::2] for line in head.decode("latin-1").split("\r\n")[1:]]
    codings = [(name, one.strip()) for name, value in lines for one in value.split(",")]
    try:
        if ("transfer-encoding", "chunked") in codings:
            body = unchunked(body)
        for coding in [one for name, one in codings if name == "content-encoding"][::-1]:
            if coding in ("gzip", "x-gzip"):
                body = b"".join(unpacked(body, 31))
            if coding == "deflate":
                zlib_head = body[:1] and body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0
                body = b"".join(unpacked(body, 15 if zlib_head else -15))
    except (Wrong, ValueError, zlib.error):  # an answer that does not unpack is kept as it came
        return block
    return body


def unchunked(data):
    line, pieces, place = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]{0,20}(?:;[^\r\n]{0,2000})?\r?\n"), [], 0
    while True:
        size = line.match(data, place)
        if not size:
            raise ValueError("no chunk")
        end = size.end() + int(size[1], 16)
        if end == size.end():
            return b"".join(pieces)
        pieces.append(data[size.end() : end])
        place = end + (2 if data[end : end + 2] == b"\r\n" else 1)


# --- What was read of it ----------------------------------------------------------------------------------------------

SPACES = {"source": "page", "visible": "page", "text": "text"}  # the space of a quote -> the text in which it stands
FACTS = ("text_sha256", "page_text_sha256", "content_digest", "page_space", "format", "encoding")
NAMED = {"reading": "digest", "statements": "statements_digest", "text": "text_sha256"}
NAMED.update({"page text": "page_text_sha256", "content": "content_digest"})


def check_reading(files, own):
    """Statements, texts and quotes against reading.leaf.json. ``own``: digest -> text that the receiver brought."""
    if "reading.json" not in files:
        return None
    read, metadata = files.json("reading.json"), files.json("metadata.json")
    facts = [[*(read[name] for name in FACTS), *read["notes"]], read["statements_digest"], read["layout_sha256"]]
    packed = json.dumps(facts, separators=(",", ":")).encode()
    need(sha256(packed) == read["digest"], "reading.json does not have the digest that it names")
    said = {"capture": read["first_capture"], "article": read["article_id"], "version": read["version_id"]}
    entry = leaf("reading", [(name, read[key]) for name, key in NAMED.items()], {**said, "reader": read["reader"]})
    need(entry == files["reading.leaf.json"], "reading.json is not what the leaf speaks of")
    if read["first_capture"] != metadata["number"]:  # an earlier capture was read, which brought the very same bytes
        source = files.json("source.leaf.json")
        named = [(one["name"], one["digest"]["sha256"]) for one in source["subject"]]
        entry = leaf("capture", named, source["predicate"])
        same = {"name": "body", "digest": {"sha256": metadata["sha256"]}} in source["subject"]
        same = same and entry == files["source.leaf.json"] and source["predicate"]["number"] == read["first_capture"]
        need(same, "what was read is not what this capture holds")
    need(sha256(files["statements.json"]) == read["statements_digest"], "statements.json is not what the leaf names")
    texts = {}
    for space, digest in (("text", read["text_sha256"]), ("page", read["page_text_sha256"])):
        if "text.txt" in files or "page.txt" in files:
            texts[space] = files[f"{space}.txt"].decode("utf-8")
            need(sha256(files[f"{space}.txt"]) == digest, f"{space}.txt is not the text that the leaf names")
        elif digest in own:
            texts[space] = own[digest].decode("utf-8")
    return quotes(files.json("statements.json"), texts)


def quotes(statements, texts):
    """How many quotes stand at their place, and how many cannot be looked for (offsets count code points)."""
    told = {"stand": 0, "elsewhere": 0, "no_text": 0}
    for one in statements:
        space, start, end, quote = SPACES.get(one["space"]), one["start"], one["end"], one["quote"]
        if space is None or (start is None and not quote):
            told["elsewhere"] += 1  # in markup, a header, an address, or the whole text
        elif space not in texts:
            told["no_text"] += 1
        else:
            need(0 <= start <= end and texts[space][start:end] == quote, f"a quote is not at its place: {quote[:80]!r}")
            told["stand"] += 1
    return told


# --- The log ----------------------------------------------------------------------------------------------------------


def check_log(files, given):
    """Each leaf in the tree, and who signed its root; ``given`` are the keys that the receiver trusts."""
    heads = [check_head(files, "", given)]
    if "earlier/checkpoint" in files:  # the first seal over these leaves to which an outsider set a time
        heads.append(check_head(files, "earlier/", given))
    signers = {one["vkey"] for head in heads for one in head["signatures"]}
    if "keys.txt" in files:
        named = files["keys.txt"].decode().splitlines()
        sound = files["keys.txt"] == lines_of(sorted(set(named))) and signers.issuperset(named)
        need(sound, "keys.txt names a key that signed nothing here, or is not in order")
    need(not given or signers & set(given), "none of the keys that you gave signed this")
    return heads


def check_head(files, place, given):
    """One head of the log: that each leaf stands in it, whose signatures it has, and the time tokens over it."""
    signed = f"{place}checkpoint" in files
    file = f"{place}checkpoint" if signed else f"{place}head"
    note = files[file].decode("utf-8")
    text, _, lines = note.rpartition("\n\n") if signed else (note[:-1], "", "")
    text += "\n"
    origin, size, root = text.split("\n")[:3]
    sound = re.fullmatch("[1-9][0-9]{0,17}", size) and len(unbase64(root)) == 32 and len(note) < 1 << 16
    need(sound and (signed or note == f"{NOBODY}\n{size}\n{root}\n"), f"{file} is no head of a log")
    for name in ("capture", "reading", "source"):
        if f"{name}.leaf.json" in files:
            magic = SIGNED if signed else UNSIGNED
            check_proof(files[f"{name}.leaf.json"], files[f"{place}{name}.proof"], magic, files[file], int(size), root)
    named = files["keys.txt"].decode().splitlines() if signed and "keys.txt" in files else []
    found, unknown = signatures(text, lines, [*named, *given]) if signed else ([], 0)
    by_log = any(one["name"] == origin and one["kind"] == 1 for one in found)
    need(by_log or not signed, f"no key that is known here signed {file} for its log")
    tokens = [name for name in sorted(files) if re.fullmatch(rf"anchors/{size}-[0-9a-f]{{16}}\.tsr", name)]
    for name in tokens:  # who signed them is for openssl to say; here: that they speak of these very lines
        spoken = [hashlib.new(kind, text.encode()).digest() for kind in ("sha256", "sha384", "sha512")]
        need(any(one in files[name] for one in spoken), f"{name} is a token over something else")
        need(sha256(files[name])[:16] == name[-20:-4], f"{name} is not the token that its name says")
    head = {"file": file, "origin": origin, "size": int(size), "root": root}
    return {**head, "signatures": found, "unknown_signatures": unknown, "tokens": tokens}


def check_proof(entry, proof, magic, note, size, root):
    """That the leaf leads to the root (RFC 9162, 2.1.3.2)."""
    head, _, ending = proof.partition(b"\n\n")
    first, line, *path = head.decode("ascii").split("\n")
    need(re.fullmatch("index (0|[1-9][0-9]{0,17})", line), "a proof gives no index")
    need(first == magic and ending == note, "a proof is not one of this head of the log")
    at, last, found = int(line[6:]), size - 1, hashlib.sha256(b"\0" + entry).digest()
    need(at < size, "a proof speaks of a leaf that the log does not have")
    for sibling in map(unbase64, path):
        need(last and len(sibling) == 32, "a proof is too long")
        if at & 1 or at == last:
            found = hashlib.sha256(b"\1" + sibling + found).digest()
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\1" + found + sibling).digest()
        at, last = at >> 1, last >> 1
    need(not last and found == unbase64(root), "a leaf does not stand in the log with this root")


def signatures(text, lines, vkeys):
    """The signatures under a note by these keys, all of which hold (c2sp.org/signed-note); how many are by others."""
    known, found, unknown = {}, [], 0
    for vkey in vkeys:
        name, ident, material = vkey.split("+", 2)
        kind, public = unbase64(material)[0], unbase64(material)[1:]
        key_id = hashlib.sha256(f"{name}\n".encode() + bytes([kind]) + public).digest()[:4]
        need(kind in (1, 4) and len(public) == 32 and key_id.hex() == ident, f"this is no key: {vkey[:200]}")
        known[name, key_id] = (vkey, kind, public)
    for line in lines.splitlines():
        dash, name, encoded = line.split(" ")
        value = unbase64(encoded)
        need(dash == "\u2014" and len(value) > 4, "a signature line is none")
        if (name, value[:4]) not in known:
            unknown += 1
            continue
        vkey, kind, public = known[name, value[:4]]
        signature, message, time = value[4:], text.encode(), None
        if kind == 4:  # the cosignature of a witness, with its time (c2sp.org/tlog-cosignature)
            time, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = f"cosignature/v1\ntime {time}\n".encode() + message
        need(signature_holds(public, message, signature), f"the signature of {name} does not hold")
        found.append({"name": name, "kind": kind, "vkey": vkey, "time": time})
    return found, unknown


# --- Ed25519 (RFC 8032, section 5.1.7), slow and short ----------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a, b):
    """The sum of two points in extended coordinates (x, y, z, t)."""
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    p, q = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    r, s = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = q - p, s - r, s + r, q + p
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        total = add(total, point) if number & 1 else total
        point, number = add(point, point), number >> 1
    return total


def point_of(data):
    """The point that 32 bytes stand for, None when they stand for none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x * pow(2, (P - 1) // 4, P) % P if (x * x - square) % P else x
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def signature_holds(public, message, signature):
    """True when ``signature`` (64 bytes) of ``message`` was made with the private half of ``public`` (32 bytes)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment, number = point_of(public), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or number >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left = times(number, point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little")))
    right = add(commitment, times(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- What to tell, here and in index.html -----------------------------------------------------------------------------

GRADES = {"fetch": "fetched by the archive itself", "archive": "a copy from another archive"}
GIVEN = {"file": "a file that somebody gave", "paste": "a text that somebody pasted"}
GRADES.update(GIVEN)
CLAIM = ", as said by whoever gave it; nobody asked the web"
CLOCK = ", by the clock of the machine that ran the archive"
STYLE = "body{font:1rem/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}td,th{text-align:left;padding:.2em "
STYLE += ".6em;vertical-align:top;overflow-wrap:anywhere}th{min-width:8em}"


def sections(files, capture, reading, log, given):
    """What is told to people: (heading, [(label, text)])."""
    metadata = files.json("metadata.json")
    served = next((value for name, value in metadata["headers"] if name.lower() == "date"), None)
    captured = [
        ("address", metadata["url"] and metadata["url"] + (CLAIM if metadata["grade"] in GIVEN else "")),
        ("asked for", metadata["requested_url"] if metadata["requested_url"] != metadata["url"] else None),
        ("file name", metadata["filename"]),
        ("outcome", ", ".join(filter(None, [metadata["outcome"], metadata["reason"]]))),
        ("how it came", GRADES[metadata["grade"]]),
        ("HTTP status", metadata["status"]),
        ("received", metadata["captured_at"] + CLOCK if metadata["captured_at"] else "unknown: nobody saw it"),
        ("server's Date", served and f"{served}, as the server said; nobody checked it"),
        ("entered", metadata["added_at"] + CLOCK),
        ("body", metadata["sha256"] and f"{metadata['size']} bytes, SHA-256 {metadata['sha256']}"),
        ("capture", f"number {metadata['number']} of its archive"),
        *(("note", note) for note in metadata["notes"]),
    ]
    seals = []
    for head in log:
        seals.append(("log", f"{head['origin']}, {head['size']} entries, root {head['root']}"))
        seals += [("signed by", one["vkey"]) for one in head["signatures"]]
        command = f"sed '/^$/,$d' {head['file']} > signed.txt; openssl ts -verify -data signed.txt -CAfile CA.pem -in"
        seals += [("time token", f"{command} {name}") for name in head["tokens"]]
    proven, open_questions = verdicts(metadata, capture, reading, log, given)
    told = [("What was captured", captured), ("What was read of it", values(files)), ("The log", seals)]
    told.append(("What this proves", [("yes", one) for one in proven]))
    told.append(("What it does not prove", [("no", one) for one in open_questions]))
    return [(heading, [(label, str(text)) for label, text in rows if text]) for heading, rows in told]


def values(files):
    """The statements that are shown, each with its words."""
    if "statements.json" not in files:
        return [("reading", "none is in this bundle")]
    every, found = files.json("statements.json"), [("read by", files.json("reading.json")["reader"])]
    for one in (one for one in every if one["shown"]):
        place = one["path"] or ("whole" if one["start"] is None else f"{one['start']}-{one['end']}")
        words = f"{one['value']} \u201c{one['quote']}\u201d {'' if one['detail'] == '{}' else one['detail']}"
        found.append((one["property"], f"{words} ({one['space']} {place}; {one['meant']}; {one['rule']})"))
    return [*found, ("not shown", f"{sum(not one['shown'] for one in every)} values were read and set aside")]


def verdicts(metadata, capture, reading, log, given):
    """Sentences: what is proven, and what is not."""
    yes = ["The metadata of this capture, with its moments and digests, is what was entered in the log."]
    no = ["That the moments are right: they come from the clock of the machine that ran the archive."]
    no.append("That a server sent these bytes, or that they come from where somebody says: the archive alone says so.")
    if capture["body"]:
        yes.append("The body in this bundle is the one that was entered, byte for byte.")
    elif metadata["sha256"]:
        no.append("The body: it is not in this bundle. To compare your own copy: --page FILE.")
    if capture["whole"]:
        yes.append("The WARC file of this capture is the one that was entered, with all its records.")
    else:
        no.append("That requests, redirects and heads of answers are unchanged: they come from a larger WARC file.")
    if reading:
        yes.append("The statements are those that were read of this body, by the rules that are named.")
        no.append("That the statements are true, or that no person decided otherwise: rules read them on the page.")
    if reading and reading["stand"]:
        yes.append(f"{reading['stand']} quotes stand at their places in the texts.")
    if reading and reading["no_text"]:
        no.append(f"{reading['no_text']} quotes: the texts are not in this bundle. To attach your own: --text FILE.")
    if reading and reading["elsewhere"]:
        no.append(f"{reading['elsewhere']} values that rest on markup, headers, addresses or a whole text.")
    for head in log:
        for one in head["signatures"]:
            who = one["name"] if one["vkey"] in given else f"A key that calls itself {one['name']}"
            when = one["time"] and datetime.datetime.fromtimestamp(one["time"], datetime.timezone.utc).isoformat()
            yes.append(
                f"{who} signed the log of {head['size']} entries that holds all this{f', at {when}' if when else ''}."
            )
            if one["vkey"] not in given:
                no.append(f"Whose key that of {one['name']} is: this bundle alone names it. Ask its owner; use --key.")
        no += [f"The time in {name}: that it speaks of this log is all that is known here." for name in head["tokens"]]
    if not log[0]["signatures"]:
        no.append("By whom and when the log was made: it is signed by nobody, and anybody can make one.")
    return yes, [*no, "That nothing else was captured before or after: these are single entries of a log."]


def page(files):
    """index.html: it follows from the other files of the bundle, so that it cannot say what they do not."""
    told = sections(files, check_capture(files), check_reading(files, {}), check_log(files, ()), ())
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    parts = ["<!doctype html><html lang=en><meta charset=utf-8><title>Proof of a capture</title>"]
    parts.append(f'<meta http-equiv=Content-Security-Policy content="{policy}"><style>{STYLE}</style>')
    parts.append("<h1>Proof of a capture</h1><p>To check all this: python verify_bundle.py bundle.zip")
    for heading, rows in told:
        parts.append(f"<h2>{heading}</h2><table>")
        parts += [f"<tr><th>{html.escape(label)}<td><bdi>{html.escape(text)}</bdi>" for label, text in rows]
        parts.append("</table>")
    return lines_of(parts)


# --- The whole --------------------------------------------------------------------------------------------------------


def own_copies(files, brought):
    """Digest -> bytes of the receiver's own copies, (kind, bytes), each of which must be what the leaves name."""
    found, metadata = {}, files.json("metadata.json")
    read = files.json("reading.json") if "reading.json" in files else {}
    for kind, data in brought:
        wanted = [metadata["sha256"]] if kind == "page" else [read.get("text_sha256"), read.get("page_text_sha256")]
        plain = data.replace(b"\r\n", b"\n").rstrip(b"\n")  # editors change the ends of lines, and that of the text
        same = [one for one in (data, plain, plain + b"\n", plain + b"\n\n") if sha256(one) in wanted]
        need(same, f"your {kind}, SHA-256 {sha256(data)}, is not the one that the log names")
        found[sha256(same[0])] = same[0]
    return found


def examine(files, given=(), brought=()):
    """The whole check as a dict: whether it holds, up to which level, and why not."""
    problems, found = [], {"own copy": {}}

    def step(name, check):
        try:
            found[name] = check()
        except (Wrong, *TROUBLE) as error:
            what = error if isinstance(error, Wrong) else f"cannot be understood ({repr(error)[:200]})"
            problems.append(f"{name}: {what}")

    step("manifest", lambda: check_manifest(files))
    step("capture", lambda: check_capture(files))
    step("own copy", lambda: own_copies(files, brought))
    step("reading", lambda: check_reading(files, found["own copy"]))
    step("log", lambda: check_log(files, given))
    step("index.html", lambda: need(files["index.html"] == page(files), "it is not the page that these files give"))
    problems += [f"{name}: does not belong to this bundle" for name in sorted(set(files) - files.asked)]
    answer = {"schema": "archiver/bundle-check/1", "holds": not problems, "level": None, "problems": problems}
    if problems:
        return answer
    parts = {name: found[name] for name in ("capture", "reading", "log")}
    trusted = {one["kind"] for head in parts["log"] for one in head["signatures"] if one["vkey"] in given}
    level = "L2" if 4 in trusted else "L1" if parts["log"][0]["signatures"] else "L0"
    same = [f"Your {kind} is the one that was captured." for kind, _ in brought]
    says = sections(files, found["capture"], found["reading"], found["log"], given)
    return {**answer, "level": level, "trusted": bool(trusted), **parts, "own_copies": same, "says": says}


LEVELS = {"L0": "it agrees with itself, and nobody signed it", "L2": "signed, and witnessed by a key that you gave"}


def main():
    parser = argparse.ArgumentParser(description="Check the proof bundle of a news archive.")
    parser.add_argument("bundle", help="a zip file, or the folder into which it was unpacked")
    parser.add_argument("--key", action="append", default=[], help="a public key that you trust: name+id+key")
    parser.add_argument("--text", action="append", default=[], help="your own copy of the text, or of the page's")
    parser.add_argument("--page", action="append", default=[], help="your own copy of the page")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of text")
    options = parser.parse_args()
    try:
        files = read_bundle(options.bundle)
        brought = [("text", read_file(one)) for one in options.text]
        brought += [("page", read_file(one)) for one in options.page]
        answer = examine(files, [one.strip() for one in options.key], brought)
    except (Unreadable, *TROUBLE) as error:
        answer = {"schema": "archiver/bundle-check/1", "holds": None, "level": None, "problems": [str(error)]}
    coding = sys.stdout.encoding or "ascii"
    for line in [json.dumps(answer)] if options.json else for_people(answer):
        line = "".join(one if one.isprintable() else "\ufffd" for one in line)  # no page may steer a terminal
        print(line.encode(coding, "backslashreplace").decode(coding))
    return {True: 0, False: 1, None: 2}[answer["holds"]]


def for_people(answer):
    for heading, rows in answer.get("says", []):
        yield from (heading, *(f"  {label:<14} {text}" for label, text in rows), "")
    yield from (*answer["problems"], *answer.get("own_copies", []))
    signed = f"signed, by a key that {'you gave' if answer.get('trusted') else 'this bundle alone names'}"
    holds = f"It holds: level {answer['level']}, {LEVELS.get(answer['level'], signed)}."
    yield {True: holds, False: "It does NOT hold.", None: "It cannot be read."}[answer["holds"]]


if __name__ == "__main__":
    sys.exit(main())
