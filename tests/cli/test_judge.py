"""`archiver judge`: a person's word with name and grounds, shown, reviewed, taken back; refused where it errs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_contract import run

PAGE = (
    "Ferry replaces bridge\n\nBy Mara Lind\n12 March 2025\n\nThe council of Ilsen said on Monday that the ferry "
    "will cross 20 times a day. It was agreed after long talks with the owners.\n\nTranslated from suyolu.example\n"
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of one article."""
    (tmp_path / "a.txt").write_text(PAGE)
    assert run("add", str(tmp_path / "a.txt"), "--archive", str(tmp_path / "kept")).returncode == 0
    return tmp_path / "kept"


@pytest.fixture
def judge(archive: Path) -> Callable[..., Any]:
    """`archiver judge` about that article, as A. Reader; answers what it printed."""
    ident = lines(run("list", "--json", "--archive", str(archive)).stdout)[0]["id"]

    def judged(*arguments: str, who: str = "A. Reader", why: str = "seen in print") -> Any:
        grounds = ("--why", why) if arguments else ()
        return run("judge", ident, *arguments, *grounds, "--json", "--archive", str(archive), ARCHIVER_WHO=who)

    return judged


def lines(told: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told.splitlines()]


def record(archive: Path) -> dict[str, Any]:
    return lines(run("show", _ident(archive), "--json", "--archive", str(archive)).stdout)[0]


def _ident(archive: Path) -> str:
    return str(lines(run("list", "--json", "--archive", str(archive)).stdout)[0]["id"])


def test_a_date_from_print(archive: Path, judge: Callable[..., Any]) -> None:
    """Shown as a person's, with the grounds; the page's own date is there and not shown."""
    (made,) = lines(judge("--set", "published=2025-03-11").stdout)
    assert (made["decision"], made["value"], made["who"], made["read"]) == (
        "set",
        "2025-03-11",
        "A. Reader",
        ["2025-03-12"],
    )
    shown = record(archive)
    assert shown["published"] == {"value": "2025-03-11", "precision": "day", "zone": None}
    (said,) = [one for one in shown["statements"] if one["property"] == "published" and one["shown"]]
    assert (said["meant"], said["space"], said["quote"]) == ("person", "person", "seen in print")
    (page,) = [one for one in shown["statements"] if one["value"] == "2025-03-12" and one["property"] == "published"]
    assert not page["shown"]
    assert "A. Reader decided otherwise" in page["why"]
    assert run("verify", "--archive", str(archive)).returncode == 0


def test_an_origin_refuted_confirmed_and_withdrawn(archive: Path, judge: Callable[..., Any]) -> None:
    """A property of one value names its statement; a withdrawn judgement is listed as such."""
    (rejected,) = lines(judge("--reject", "origin").stdout)
    assert record(archive)["origins"] == []
    assert judge("--withdraw", rejected["id"][:8]).returncode == 0
    assert [one["name"] for one in record(archive)["origins"]] == ["suyolu.example"]
    (confirmed,) = lines(judge("--confirm", "origin").stdout)
    assert [one["meant"] for one in record(archive)["origins"]] == ["person"]
    assert [(one["decision"], one["withdrawn"]) for one in lines(judge().stdout)] == [
        ("reject", True),
        ("withdraw", False),
        ("confirm", False),
    ]
    assert confirmed["statement"] == rejected["statement"]


def test_a_second_person_looks_at_it(archive: Path, judge: Callable[..., Any]) -> None:
    """Nobody reviews their own; a disagreement is a finding until it is settled."""
    (made,) = lines(judge("--set", "author=Nora Vale").stdout)
    assert record(archive)["authors"] == ["Mara Lind", "Nora Vale"]
    own = judge("--agree", made["id"])
    assert own.returncode == 2
    assert "somebody else must look at it" in own.stderr
    assert judge("--disagree", made["id"], who="B. Editor", why="she only edited it").returncode == 0
    (finding,) = [one for one in record(archive)["findings"] if one["rule"] == "judgement-disputed"]
    assert "B. Editor does not agree with what A. Reader decided about author" in finding["message"]
    judge("--withdraw", made["id"])
    assert "judgement-disputed" not in {one["rule"] for one in record(archive)["findings"]}


def test_it_comes_back_from_snapshots_alone(archive: Path, judge: Callable[..., Any]) -> None:
    """The database thrown away."""
    judge("--set", "origin=Su Yolu", "--kind", "reprint", "--domain", "suyolu.example")
    judge("--unknown", "published")
    before = record(archive)
    for path in archive.glob("archive.db*"):
        path.unlink()
    assert run("rebuild", "--archive", str(archive)).returncode == 0
    assert record(archive) == before
    assert (before["published"], [one["kind"] for one in before["origins"]]) == (None, ["translation", "reprint"])


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("--set", "published=soon"), 1, "'soon' is no date"),
        (("--set", "published=2025-02-30"), 1, "is no date"),
        (("--set", "published="), 2, "gives no value"),
        (("--set", "published"), 2, "gives no value"),
        (("--set", "mood=glad"), 2, "no property that a person can set"),
        (("--set", "origin=X", "--kind", "theft"), 2, "no kind of origin"),
        (("--set", "author=X", "--kind", "reprint"), 2, "only an origin has a kind"),
        (("--set", "origin=X", "--url", "http://[bad"), 1, "http://[bad"),
        (("--unknown", "hidden_characters"), 2, "no property that a person can set"),
        (("--confirm", "zzzz"), 1, "no statement has the id 'zzzz'"),
        (("--confirm", "translator"), 2, "nothing is shown of translator"),
        (("--withdraw", "zzzz"), 1, "no judgement has the id 'zzzz'"),
        (("--reject", "origin", "--confirm", "author"), 2, "one judgement at a time"),
        (("--reject", "origin", "--domain", "x.example"), 2, "describes a value that is set"),
    ],
)
def test_what_makes_no_sense_is_refused(
    archive: Path, judge: Callable[..., Any], arguments: tuple[str, ...], status: int, says: str
) -> None:
    """With what is wrong and what to do; nothing is recorded."""
    ran = judge(*arguments)
    assert (ran.returncode, ran.stdout) == (status, "")
    assert says in ran.stderr
    assert "Traceback" not in ran.stderr
    assert judge().stdout == ""
    assert len(list((archive / "snapshots").rglob("*.warc.gz"))) == 1


@pytest.mark.parametrize(("who", "why"), [("", "grounds"), ("A. Reader", " ")])
def test_nobody_decides_without_a_name_and_grounds(judge: Callable[..., Any], who: str, why: str) -> None:
    """Both are the point of it."""
    ran = judge("--unknown", "published", who=who, why=why)
    assert ran.returncode == 2
    assert "give --who and --why" in ran.stderr


def test_what_people_type_is_only_text(archive: Path, judge: Callable[..., Any]) -> None:
    """Escape sequences and directions reach no terminal."""
    judge("--set", "author=\x1b[31mNora\u202e", who="A\x07", why="line one\nline two \x1b]0;x\x07")
    told = run("show", _ident(archive), "--archive", str(archive)).stdout
    listed = run("judge", _ident(archive), "--archive", str(archive)).stdout
    for text in (told, listed):
        assert not any(ord(letter) < 32 and letter != "\n" for letter in text)
        assert "\u202e" not in text
