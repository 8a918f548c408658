"""Named ways to lie with a bundle, each answered with the reason, however much was made again around it."""

import base64
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.canonical import canonical_json, sha256_hex
from archiver.export import verify_bundle
from archiver.store.archive import Archive
from archiver.tlog.notes import Note, parse_note
from tests.export.bundles import enter_key, examine, files_of, fill, key_of, seal, sealed_archive
from tests.export.mutate import Bundle, read_again, recomputed


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> list[Bundle]:
    """Of two captures (0, 1), one that showed known bytes again (2), others of other archives (3, 4)."""
    folder = tmp_path_factory.mktemp("forged")
    sealed_archive(folder / "one", 16)
    sealed_archive(folder / "two", 2, key_of(2))
    with Archive.open(folder / "three", create=True) as archive:
        enter_key(archive, key_of(1))
        fill(archive, 9, first=16)
        seal(archive, key_of(1))
    found = [files_of(folder / "one", number) for number in ("1", "2", "9")]
    return [*found, files_of(folder / "two", "2"), files_of(folder / "three", "9")]


def _text(files: Bundle, _: list[Bundle]) -> None:
    files["text.txt"] = files["text.txt"].replace("Şuşa".encode(), b"Baku") + b"!"


def _page_text(files: Bundle, _: list[Bundle]) -> None:
    files["page.txt"] += b"!"


def _statement(files: Bundle, _: list[Bundle]) -> None:
    said = json.loads(files["statements.json"])
    said[0]["value"] = "Another title"
    files["statements.json"] = canonical_json(said)


def _quote_moved(files: Bundle, bundles: list[Bundle]) -> None:
    said = json.loads(files["statements.json"])
    said[0]["start"] += 1
    files["statements.json"] = canonical_json(said)
    read = json.loads(files["reading.json"])
    read["statements_digest"] = sha256_hex(files["statements.json"])
    read_again(files, read)


def _reader(files: Bundle, _: list[Bundle]) -> None:
    read = json.loads(files["reading.json"])
    files["reading.json"] = canonical_json({**read, "reader": "better/9"})


def _page_space(files: Bundle, _: list[Bundle]) -> None:
    read = json.loads(files["reading.json"])
    files["reading.json"] = canonical_json({**read, "page_space": "visible"})


def _earlier(files: Bundle, _: list[Bundle]) -> None:
    metadata = json.loads(files["metadata.json"])
    files["metadata.json"] = canonical_json({**metadata, "captured_at": "2001-01-01T00:00:00Z"})


def _address(files: Bundle, _: list[Bundle]) -> None:
    metadata = json.loads(files["metadata.json"])
    files["metadata.json"] = canonical_json({**metadata, "url": "https://other.example/"})


def _twice_in_json(files: Bundle, _: list[Bundle]) -> None:
    files["metadata.json"] = files["metadata.json"].replace(b"{", b'{"url":"https://other.example/",', 1)


def _long_number(files: Bundle, _: list[Bundle]) -> None:
    files["metadata.json"] = files["metadata.json"].replace(b'"size":', b'"size":' + b"1" * 5_000_000)


def _deep(files: Bundle, _: list[Bundle]) -> None:
    files["metadata.json"] = b"[" * 200_000 + b"]" * 200_000


def _another_reading(files: Bundle, bundles: list[Bundle]) -> None:
    names = ("reading.json", "reading.leaf.json", "reading.proof", "statements.json", "text.txt", "page.txt")
    files.update({name: bundles[1][name] for name in names})


def _another_proof(files: Bundle, bundles: list[Bundle]) -> None:
    files["capture.proof"] = bundles[1]["capture.proof"]


def _another_log(files: Bundle, bundles: list[Bundle]) -> None:
    for name in ("checkpoint", "keys.txt", "capture.proof", "reading.proof"):
        files[name] = bundles[3][name]


def _another_body(files: Bundle, bundles: list[Bundle]) -> None:
    files["body.warc.gz"] = bundles[2]["body.warc.gz"][:-9] + gzip.compress(b"x", mtime=0)


def _second_body(files: Bundle, bundles: list[Bundle]) -> None:
    files["body.warc.gz"] += bundles[0]["capture.warc.gz"]


def _body_of_another(files: Bundle, bundles: list[Bundle]) -> None:
    files["body.warc.gz"] = bundles[4]["body.warc.gz"]


def _record_without_digest(files: Bundle, _: list[Bundle]) -> None:
    raw = gzip.decompress(files["body.warc.gz"])
    files["body.warc.gz"] = gzip.compress(
        raw.replace(b"WARC-Block-Digest: sha256:", b"WARC-Block-Digest: md5:"), mtime=0
    )


def _record_cut(files: Bundle, _: list[Bundle]) -> None:
    files["body.warc.gz"] = files["body.warc.gz"][:-4]


def _another_source(files: Bundle, bundles: list[Bundle]) -> None:
    files["source.leaf.json"] = bundles[1]["capture.leaf.json"]


def _records(files: Bundle, bundles: list[Bundle]) -> None:
    files["capture.warc.gz"] = bundles[1]["capture.warc.gz"]


def _more_entries(files: Bundle, _: list[Bundle]) -> None:
    checkpoint = files["checkpoint"].replace(b"\n", b"\n1", 1)
    for name in ("capture.proof", "reading.proof"):
        files[name] = files[name].replace(files["checkpoint"], checkpoint)
    files["checkpoint"] = checkpoint


def _new_signature(files: Bundle, _: list[Bundle]) -> None:
    """By a key with the right name, that is not the one that keys.txt names."""
    note = parse_note(files["checkpoint"])
    _sign(files, Note(note.text, (key_of(5).sign(note.text),)))


def _signature_cut(files: Bundle, _: list[Bundle]) -> None:
    note = parse_note(files["checkpoint"])
    line = str(note.signatures[0])
    changed = line[:-8] + ("AAAA" if line[-8:-4] != "AAAA" else "BBBB") + line[-4:]
    _sign_with(files, f"{note.text}\n{changed}".encode())


def _sign(files: Bundle, note: Note) -> None:
    _sign_with(files, bytes(note))


def _sign_with(files: Bundle, checkpoint: bytes) -> None:
    for name in ("capture.proof", "reading.proof"):
        files[name] = files[name].partition(b"\n\n")[0] + b"\n\n" + checkpoint
    files["checkpoint"] = checkpoint


def _one_key_more(files: Bundle, _: list[Bundle]) -> None:
    keys = sorted([*files["keys.txt"].decode().split(), str(key_of(5, "other.example").verifier)])
    files["keys.txt"] = "".join(f"{key}\n" for key in keys).encode()


def _no_seal(files: Bundle, _: list[Bundle]) -> None:
    """An unsigned head that claims to be of a log with a name."""
    text = parse_note(files.pop("checkpoint")).text
    files.pop("keys.txt")
    files["head"] = text.encode()
    for name in ("capture.proof", "reading.proof"):
        head = files[name].partition(b"\n\n")[0].replace(b"c2sp.org/tlog-proof@v1", b"archiver/unsigned-proof@v1")
        files[name] = head + b"\n\n" + files["head"]


def _token(files: Bundle, _: list[Bundle]) -> None:
    token = b"a token over something else"
    size = files["checkpoint"].split(b"\n")[1].decode()
    files[f"anchors/{size}-{sha256_hex(token)[:16]}.tsr"] = token


def _token_of_no_log(files: Bundle, _: list[Bundle]) -> None:
    files["anchors/1-0123456789abcdef.tsr"] = b"a token"


def _other_base64(files: Bundle, _: list[Bundle]) -> None:
    lines = files["capture.proof"].split(b"\n")
    spelt = base64.b64decode(lines[2])
    lines[2] = base64.b64encode(spelt)[:-2] + bytes([base64.b64encode(spelt)[-2] + 1]) + b"="
    files["capture.proof"] = b"\n".join(lines)


def _program(files: Bundle, _: list[Bundle]) -> None:
    files["verify_bundle.py"] += b"# better\n"


FORGERIES: dict[str, tuple[int, Callable[[Bundle, list[Bundle]], None], str]] = {
    "another text": (0, _text, "text.txt is not the text"),
    "another page text": (0, _page_text, "page.txt is not the text"),
    "another value": (0, _statement, "statements.json is not what the leaf names"),
    "a quote moved, all digests made again": (0, _quote_moved, "a quote is not at its place"),
    "another reader": (0, _reader, "reading.json is not what the leaf speaks of"),
    "another space of the page": (0, _page_space, "does not have the digest that it names"),
    "captured earlier": (0, _earlier, "metadata.json is not what the leaf speaks of"),
    "another address": (0, _address, "metadata.json is not what the leaf speaks of"),
    "an address twice in one object": (0, _twice_in_json, "not canonical JSON"),
    "a number that takes hours": (0, _long_number, "not canonical JSON"),
    "brackets that go too deep": (0, _deep, "cannot be understood"),
    "the reading of another page": (0, _another_reading, "source.leaf.json is missing"),
    "the proof of another capture": (0, _another_proof, "does not stand in the log"),
    "the log of another archive": (0, _another_log, "does not stand in the log"),
    "a body beside another": (2, _another_body, "capture:"),
    "two bodies": (2, _second_body, "not the one record"),
    "the body of another capture": (2, _body_of_another, "no record holds the body"),
    "a record without its digest": (2, _record_without_digest, "a WARC record is not as it should be"),
    "a record cut short": (2, _record_cut, "breaks off"),
    "another capture as the one that was read": (2, _another_source, "not what this capture holds"),
    "the records of another capture": (0, _records, "metadata record of this capture"),
    "more entries than were signed": (0, _more_entries, "does not stand in the log"),
    "signed anew": (0, _new_signature, "no key that is known here"),
    "a signature changed": (0, _signature_cut, "does not hold"),
    "one key more": (0, _one_key_more, "signed nothing here"),
    "a log of a great name, unsigned": (0, _no_seal, "head is no head of a log"),
    "a token over something else": (0, _token, "a token over something else"),
    "a token of no log here": (0, _token_of_no_log, "does not belong"),
    "base64 otherwise spelt": (0, _other_base64, "one spelling"),
    "another program": (0, _program, "verify_bundle.py in the bundle is not this program"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_named(bundles: list[Bundle], name: str) -> None:
    """With manifest and page made again by the forger, the reason is still there."""
    place, forge, reason = FORGERIES[name]
    files = dict(bundles[place])
    forge(files, bundles)
    recomputed(files, with_page=True)
    told = examine(files)
    assert not told["holds"]
    assert any(reason in problem for problem in told["problems"]), told["problems"]


@pytest.mark.parametrize("name", ["manifest.sha256", "index.html"])
def test_manifest_and_page_follow_from_the_rest(bundles: list[Bundle], name: str) -> None:
    """A line less, a line more, another letter."""
    whole = bundles[0][name]
    for changed in (whole[: whole.index(b"\n") + 1], whole + b"0  README\n", whole.replace(b"a", b"b", 1), b""):
        told = examine({**bundles[0], name: changed})
        assert not told["holds"]


def test_a_forged_page_is_found_whatever_the_manifest_says(bundles: list[Bundle]) -> None:
    """What people look at first cannot say more than what is proven."""
    files = {**bundles[0], "index.html": bundles[0]["index.html"].replace("Şuşa".encode(), b"Baku")}
    recomputed(files, with_page=False)
    assert examine(files)["problems"] == ["index.html: it is not the page that these files give"]


def test_every_missing_file_is_named(bundles: list[Bundle]) -> None:
    """One file less, with a manifest that agrees: what rests on it is not believed."""
    for bundle in bundles:
        for name in bundle:
            files = {other: data for other, data in bundle.items() if other != name}
            recomputed(files, with_page=False)
            if name == "manifest.sha256":
                del files[name]
            told = examine(files)
            assert not told["holds"], name


def test_the_curve_agrees_with_the_library(bundles: list[Bundle]) -> None:
    """Signatures that hold, and every changed bit of one, as `cryptography` judges them."""
    key = key_of(3)
    text = "a text\n"
    signature = key.sign(text).value
    assert verify_bundle.signature_holds(key.verifier.public, text.encode(), signature)
    for bit in range(0, 512, 5):
        changed = bytearray(signature)
        changed[bit // 8] ^= 1 << bit % 8
        assert not verify_bundle.signature_holds(key.verifier.public, text.encode(), bytes(changed))
    assert not verify_bundle.signature_holds(key.verifier.public, b"another\n", signature)
    assert not verify_bundle.signature_holds(b"\xff" * 32, text.encode(), signature)


def test_the_verifier_needs_the_standard_library_alone() -> None:
    """What it imports comes with Python."""
    import ast
    import sys

    tree = ast.parse(Path(verify_bundle.__file__).read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names
    assert not names & {"socket", "urllib", "subprocess", "os", "ssl", "http"}
