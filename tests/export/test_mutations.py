"""No changed bundle is accepted with another meaning: what it still says is what the unchanged one said."""

import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from archiver.errors import ProofError
from archiver.export import bundle, verify_bundle
from archiver.store.archive import Archive
from archiver.tlog import merkle, notes, proofs
from tests.export.bundles import examine, files_of, fill, key_of, numbers, run, sealed_archive
from tests.export.mutate import Bundle, edit_the_log, flip_a_bit, mutated, recomputed, swap_some


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> list[Bundle]:
    """Bundles of two sealed archives and of an unsealed one, with and without texts."""
    folder = tmp_path_factory.mktemp("pool")
    sealed_archive(folder / "one", 16)
    # Of other pages: an entry that truly stands in two logs is proven by either.
    sealed_archive(folder / "two", 6, key_of(2), first=32)
    with Archive.open(folder / "three", create=True) as archive:
        fill(archive, 4, first=48)
    found = [files_of(folder / "one", str(number)) for number in numbers(folder / "one")]
    found += [files_of(folder / "one", str(number), with_text=False) for number in (1, 9)]
    found += [files_of(folder / "one", str(number), whole_file=True) for number in (17, 18)]
    return found + [files_of(folder / name, str(number)) for name in ("two", "three") for number in (1, 2, 4)]


def claims(told: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Whatever an accepted bundle says is so. Nobody vouches for the log of an unsigned one."""
    return {
        (heading, label, text)
        for heading, rows in told["says"]
        if heading != "What it does not prove" and (heading != "The log" or told["level"] != "L0")
        for label, text in rows
        if (label, text) != ("reading", "none is in this bundle")
    }


def try_many(pool: list[Bundle], many: int, seed: int, folder: Path) -> dict[str, int]:
    """Change bundles ``many`` times; how many were accepted with nothing new to say, by what was done."""
    said = [claims(examine(files)) for files in pool]
    same: dict[str, int] = {}
    for number in range(many):
        what, place, result = mutated(random.Random(f"{seed} {number}"), pool)
        if isinstance(result, bytes):
            (folder / "changed.zip").write_bytes(result)
            try:
                result = verify_bundle.read_bundle(folder / "changed.zip")
            except (verify_bundle.Unreadable, *verify_bundle.TROUBLE):
                continue
        told = examine(result)
        if told["holds"]:
            more = claims(told) - said[place]
            assert not more, (number, what, more)
            same[what] = same.get(what, 0) + 1
    return same


def test_300_changed_bundles(pool: list[Bundle], tmp_path: Path) -> None:
    """None is accepted with another meaning, and most are not accepted at all."""
    same = try_many(pool, 300, 1, tmp_path)
    assert sum(same.values()) < 60, same


@pytest.mark.slow
def test_5000_changed_bundles(pool: list[Bundle], tmp_path: Path) -> None:
    """The same for many more."""
    same = try_many(pool, 5000, 2, tmp_path)
    assert sum(same.values()) < 1000, same


def test_changed_bundles_end_without_a_traceback(pool: list[Bundle], tmp_path: Path) -> None:
    """The program itself, run alone: a status and words, whatever it is given."""
    for number in range(25):
        _, _, result = mutated(random.Random(f"alone {number}"), pool)
        path = tmp_path / f"{number}.zip"
        path.write_bytes(result if isinstance(result, bytes) else bundle.packed(result))
        status, told = run(path)
        assert status == {True: 0, False: 1, None: 2}[told["holds"]]
        assert told["holds"] or told["problems"]


def test_each_bit_of_the_small_files_counts(pool: list[Bundle]) -> None:
    """A forger who makes manifest and page again is found out by every single bit of leaf, checkpoint and keys."""
    files = pool[0]
    for name in ("capture.leaf.json", "checkpoint", "keys.txt", "capture.proof", "metadata.json"):
        for bit in range(0, 8 * len(files[name]), 131):
            changed = bytearray(files[name])
            changed[bit // 8] ^= 1 << bit % 8
            forged = {**files, name: bytes(changed)}
            recomputed(forged, with_page=True)
            assert not examine(forged)["holds"], (name, bit)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("../evil", b"x"),
        ("/evil", b"x"),
        ("a\\b", b"x"),
        ("anchors/../head", b"x"),
        ("head\x00.txt", b"x"),
        ("HEAD ", b"x"),
        ("a//b", b"x"),
        ("x" * 101, b"x"),
    ],
)
def test_names_that_no_bundle_has_are_refused(pool: list[Bundle], tmp_path: Path, name: str, data: bytes) -> None:
    """By name, before anything is believed."""
    path = tmp_path / "evil.zip"
    path.write_bytes(bundle.packed(pool[0]))
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(name, data)
    status, told = run(path)
    if "\x00" in name:  # the writer itself cuts such a name off
        assert status != 0
    else:
        assert (status, "no name for a file" in told["problems"][0]) == (2, True), told


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_zip_tricks_are_refused(pool: list[Bundle], tmp_path: Path) -> None:
    """The same name twice, bytes before or behind, a bomb, a link, a name that differs in the two places of a zip."""
    whole = bundle.packed(pool[0])

    def told(change: str, data: bytes) -> str:
        path = tmp_path / f"{change}.zip"
        path.write_bytes(data)
        status, answer = run(path)
        assert status == 2, (change, answer)
        return str(answer["problems"][0])

    (tmp_path / "twice.zip").write_bytes(whole)
    with zipfile.ZipFile(tmp_path / "twice.zip", "a") as file:
        file.writestr("index.html", b"other")
    assert "twice" in told("twice", (tmp_path / "twice.zip").read_bytes())
    assert "before or behind" in told("before", b"MZ" + whole)
    commented = tmp_path / "comment.zip"
    commented.write_bytes(whole)
    with zipfile.ZipFile(commented, "a") as file:
        file.comment = b"hello"
    assert "before or behind" in told("behind", commented.read_bytes())
    with (
        zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as file,
        file.open("page.txt", "w") as member,
    ):
        for _ in range(65):
            member.write(bytes(8 << 20))
    assert "more than" in told("bomb", (tmp_path / "bomb.zip").read_bytes())
    link = zipfile.ZipInfo("text.txt")
    link.external_attr, link.create_system = 0o120777 << 16, 3
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as file:
        file.writestr(link, "/etc/passwd")
    assert "not a plain file" in told("link", (tmp_path / "link.zip").read_bytes())
    told("two names", whole.replace(b"metadata.json", b"metadatA.json", 1))


def test_a_folder_with_a_link_is_refused(pool: list[Bundle], tmp_path: Path) -> None:
    """What an unpacked bundle holds is plain files; hidden ones that a file manager leaves are not read."""
    for name, data in pool[0].items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / ".DS_Store").write_bytes(b"x")
    assert run(tmp_path)[0] == 0
    (tmp_path / "more.txt").write_bytes(b"x")
    assert run(tmp_path)[0] == 1
    (tmp_path / "more.txt").unlink()
    (tmp_path / "text.txt").unlink()
    (tmp_path / "text.txt").symlink_to("page.txt")
    assert run(tmp_path)[0] == 2


def test_bombs_inside_are_bounded(pool: list[Bundle], monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that unpacks to more than a bundle may hold is refused, not unpacked."""
    monkeypatch.setattr(verify_bundle, "LARGEST", 100_000)
    files = dict(pool[0])
    import gzip

    files["capture.warc.gz"] = gzip.compress(bytes(300_000), mtime=0)
    told = examine(files)
    assert any("too large" in one for one in told["problems"])


def own_code_agrees(files: Bundle) -> bool:
    """True when the archive's own code believes leaves, proofs and signatures of a signed bundle."""
    try:
        keys = [notes.parse_key(line) for line in files["keys.txt"].decode().splitlines()]
        for name in ("capture", "reading", "source"):
            if f"{name}.leaf.json" in files:
                proof = proofs.parse_proof(files[f"{name}.proof"])
                head = proof.check(merkle.leaf_hash(files[f"{name}.leaf.json"]))
                signed = notes.verify(proof.note, keys)
                if not any(one.key.name == head.origin for one in signed) or bytes(proof.note) != files["checkpoint"]:
                    return False
    except (ProofError, KeyError, UnicodeDecodeError):
        return False
    return True


def verifier_agrees(files: Bundle) -> bool:
    """True when verify_bundle.py believes them."""
    try:
        verify_bundle.check_log(verify_bundle.Files(files), ())
    except (verify_bundle.Wrong, *verify_bundle.TROUBLE):
        return False
    return True


def test_two_implementations_agree_on_changed_logs(pool: list[Bundle]) -> None:
    """Merkle proofs, notes and Ed25519 were written twice: what one believes, the other does."""
    signed = [{n: d for n, d in files.items() if not n.startswith("earlier/")} for files in pool if "keys.txt" in files]
    for files in signed:
        named = [line.split("+")[0] + " " for line in files["keys.txt"].decode().splitlines()]
        keys = files["keys.txt"].decode().splitlines()
        kept = [key for key, name in zip(keys, named, strict=True) if name in files["checkpoint"].decode()]
        files["keys.txt"] = "".join(f"{key}\n" for key in kept).encode()
        assert own_code_agrees(files)
        assert verifier_agrees(files)
    believed = 0
    for number in range(300):
        rest = random.Random(f"log {number}")
        files = dict(rest.choice(signed))
        rest.choice([edit_the_log, edit_the_log, swap_some, flip_a_bit])(rest, files, rest.choice(signed))
        assert own_code_agrees(files) == verifier_agrees(files), number
        believed += verifier_agrees(files)
    assert 20 < believed < 280
