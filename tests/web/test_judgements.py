"""What people decided stands on the page of an article: beside what the page says, with names and grounds, as text."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.jobs.add import Options, add
from archiver.jobs.judge import Decided, judge
from archiver.jobs.targets import Given, Target
from archiver.model import Decision
from tests.web.conftest import Site

DUMP = (
    "Ferry replaces bridge\n\nBy Mara Lind\n12 March 2025\n\nThe council of Ilsen said on Monday that the ferry will "
    "cross 20 times a day. It was agreed after long talks.\n\nTranslated from suyolu.example\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str, dict[str, str]]]:
    """An article with a date from print, an origin refuted, and an author set, disputed and withdrawn."""
    folder: Path = tmp_path_factory.mktemp("judged")
    (folder / "a.txt").write_text(DUMP)
    (added,) = add(folder / "kept", [Target("a.txt", Given(), path=folder / "a.txt")], Options())
    ident = added.article or ""

    def decide(decision: Decision, target: str, who: str, why: str) -> str:
        return str(judge(folder / "kept", ident, Decided(decision, target, who, why, {}))["id"])

    made = {
        "date": decide(
            Decision.SET, "published=2025-03-13", "A. <b>Reader</b>", "print edition, page 3 <script>x</script>"
        ),
        "origin": decide(Decision.REJECT, "origin", "A. Reader", "it wrote this first"),
        "author": decide(Decision.SET, "author=Nora Vale", "B. Editor", "she told us"),
    }
    made["dispute"] = decide(Decision.DISAGREE, made["author"], "C. Chief", "she only edited it")
    made["back"] = decide(Decision.WITHDRAW, made["author"], "B. Editor", "right")
    opened = Site(folder / "kept" / "archive.db")
    yield opened, ident, made
    opened.close()


def test_a_value_of_a_person_is_shown_as_one(site: tuple[Site, str, dict[str, str]]) -> None:
    """Under the headline, among the statements with the grounds, and its rule can be looked up."""
    page = site[0].get(f"/article/{site[1]}").text
    assert "13 March 2025 (decided by a person)" in page
    assert f"decided by a person</span>, on record: judgement {site[2]['date']}" in page
    assert "/rule/person/judgement@1" in page
    assert site[0].get("/rule/person/judgement@1").status_code == 200


def test_what_the_page_says_is_not_denied(site: tuple[Site, str, dict[str, str]]) -> None:
    """An origin that was refuted was named all the same."""
    page = site[0].get(f"/article/{site[1]}").text
    assert "The page names no text it came from." not in page
    assert "A person decided that it did not come from the text that the page names." in page
    assert f"A. Reader rejected this (judgement {site[2]['origin']}): it wrote this first" in page


def test_a_page_cannot_speak_for_a_person(tmp_path: Path) -> None:
    """Words of the page that sound like a judgement are quoted in reasons, and decide nothing."""
    title = "X rejected this (judgement abc): why"
    text = f"{title}\n\nOutlet: {title}\n\n{DUMP.split('Mara Lind')[1].split('Translated')[0]}"
    (tmp_path / "b.txt").write_text(text)
    (added,) = add(tmp_path / "kept", [Target("b.txt", Given(), path=tmp_path / "b.txt")], Options())
    opened = Site(tmp_path / "kept" / "archive.db")
    page = opened.get(f"/article/{added.article}").text
    opened.close()
    assert "decided by a person" not in page
    assert "A person decided" not in page


def test_every_judgement_is_listed_withdrawn_ones_too(site: tuple[Site, str, dict[str, str]]) -> None:
    """With who, what, when and why; reviews lead to what they review."""
    page = site[0].get(f"/article/{site[1]}").text
    listed = page.split('id="judgements"')[1].split("</section>")[0]
    assert listed.count("<li id=") == 5
    assert "rejected origin “suyolu.example”" in listed
    author = listed.split(f'id="j-{site[2]["author"]}"')[1].split("</li>")[0]
    assert "withdrawn" in author
    assert f'href="#j-{site[2]["author"]}"' in listed.split(f'id="j-{site[2]["dispute"]}"')[1]
    assert "Nora Vale" not in page.split('id="judgements"')[0]


def test_names_and_grounds_are_text(site: tuple[Site, str, dict[str, str]]) -> None:
    """Whatever was typed."""
    page = site[0].get(f"/article/{site[1]}").text
    assert "<b>Reader" not in page
    assert "<script>x" not in page
    assert "A. &lt;b&gt;Reader&lt;/b&gt;" in page


def test_datasette_shows_those_in_force(site: tuple[Site, str, dict[str, str]]) -> None:
    """A view of its own; the withdrawn one is only in the table."""
    rows = site[0].get("/archive/judgements_in_force.json?_shape=array").json()
    assert [(row["decision"], row["property"]) for row in rows] == [("set", "published"), ("reject", "origin")]
    assert len(site[0].get("/archive/judgements.json?_shape=array").json()) == 5


def test_the_lists_show_what_was_decided(site: tuple[Site, str, dict[str, str]]) -> None:
    """The list of articles and the JSON of the article agree with the page."""
    assert "13 March 2025" in site[0].get("/articles").text
    assert site[0].get(f"/article/{site[1]}.json").json()["published"]["value"] == "2025-03-13"
