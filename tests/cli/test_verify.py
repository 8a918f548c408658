"""The last lines of `archiver verify` say in sentences what was checked, what differs and what was not checked."""

import json
from pathlib import Path

import pytest

from tests.cli.test_contract import run

TEXT = "Ferry {0} is back\n\nThe ferry left the harbour on Monday and came back with all who waited for number {0}.\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of three captures in one file."""
    for number in (1, 2, 3):
        (tmp_path / f"{number}.txt").write_text(TEXT.format(number))
    files = [str(tmp_path / f"{number}.txt") for number in (1, 2, 3)]
    assert run("add", *files, "--archive", str(tmp_path / "a")).returncode == 0
    return tmp_path / "a"


def verify(archive: Path, *options: str) -> tuple[int, list[str]]:
    """Exit status and lines on standard output."""
    ran = run("verify", *options, "--archive", str(archive))
    return ran.returncode, ran.stdout.splitlines()


def test_a_sound_archive(archive: Path) -> None:
    """How much was checked, that it came out the same when read again, and that nothing differs."""
    status, lines = verify(archive)
    assert status == 0
    assert lines[0].startswith("As captured and as read: 3 captures, 3 readings, ")
    assert lines[0].endswith(" in their places.")
    assert lines[1].startswith("Read again from the snapshots: the same ")
    assert lines[2] == "Different: nothing."
    assert lines[3].startswith("L0: ")
    assert any(line.startswith("not proven: that a server sent this") for line in lines[4:])


def test_a_quick_check_says_what_it_left_out(archive: Path) -> None:
    """No word of reading again, and the reason stands above."""
    status, lines = verify(archive, "--quick")
    assert status == 0
    assert not any("Read again" in line for line in lines)
    assert any(line.startswith("uncheckable") and "was not read again" in line for line in lines)
    said = lines.index("Different: nothing.")
    assert lines[said + 1].startswith("Not checked: ")


def test_what_differs_is_counted_and_the_sound_rest_stays_named(archive: Path) -> None:
    """One damaged capture of three: which one, and that the two others are as they were."""
    (file,) = archive.glob("snapshots/*/*.warc.gz")
    data = bytearray(file.read_bytes())
    # The last record is the metadata of the last capture: gzip members begin with these three bytes.
    data[data.rindex(b"\x1f\x8b\x08") + 30] ^= 4
    file.chmod(0o644)
    file.write_bytes(data)
    status, lines = verify(archive)
    assert status == 4
    assert any(line.startswith("As captured and as read: 2 captures, ") for line in lines)
    assert any(line.startswith("Different: 1 ") and "(capture 3, 1 article)" in line for line in lines)
    assert "Not checked: 1 thing; the lines above say what and why." in lines


def test_json_has_the_totals_and_what_was_checked(archive: Path) -> None:
    """The totals as ever, and the counts of the sentences beside them."""
    _, lines = verify(archive, "--json")
    last = json.loads(lines[-1])
    assert (last["schema"], last["mismatch"], last["uncheckable"]) == ("archiver/verified/1", 0, 0)
    assert last["match"] > 5
    assert last["checked"]["captures"] == last["checked"]["readings"] == 3
    assert set(last["checked"]) == {"captures", "texts", "readings", "quotes", "statements"}
