"""Every page answers, on every archive, and on no database that is none."""

import csv
import html
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archiver.store import rows
from archiver.store.archive import Archive
from archiver.web.pages import INNER
from tests.web.conftest import Site

PAGES = ("/", "/articles", "/audit", "/search", "/search?q=bridge", "/nonsense")


def ids(samples: Path) -> dict[str, str]:
    """title -> id"""
    with Archive.open(samples, read_only=True) as archive:
        return {row.title or "": row.id for row in rows.list_articles(archive.conn).rows}


@pytest.fixture(scope="module")
def changed(samples: Path) -> str:
    """The id of the sample article that has three versions."""
    with Archive.open(samples, read_only=True) as archive:
        return next(r.id for r in rows.list_articles(archive.conn, rows.Filters(changed=True)).rows if r.versions == 3)


@pytest.fixture(scope="module")
def unknown(samples: Path) -> str:
    """The id of a sample text file without date, outlet or origin."""
    with Archive.open(samples, read_only=True) as archive:
        page = rows.list_articles(archive.conn, rows.Filters(undated=True, without_outlet=True))
        return next(row.id for row in page.rows if row.url is None and row.origin_line is None)


def test_every_article_has_all_its_pages(site: Site, samples: Path) -> None:
    """Article, versions, whole captures, record and citations answer for each article held."""
    for ident in ids(samples).values():
        for ending in ("", "/capture", "/v/1", "/v/1/capture", ".json", ".txt", ".csl", ".bib", ".ris", "/diff/1..1"):
            answer = site.get(f"/article/{ident}{ending}")
            assert answer.status_code == 200, (ident, ending)


def test_the_clean_text_stands_on_the_page(site: Site, samples: Path) -> None:
    """What the article page holds is the stored text, letter by letter."""
    from tests.web.test_highlight import Reader

    with Archive.open(samples, read_only=True) as archive:
        for ident in ids(samples).values():
            text = rows.load_dossier(archive.conn, ident).reading.text
            page = site.get(f"/article/{ident}").text
            found = re.search(r'<div id="av-text"[^>]*>(.*?)</div>\n', page, re.S)
            assert found
            assert Reader(found[1]).text == text


def test_every_statement_has_its_place_in_the_capture(site: Site, samples: Path) -> None:
    """Each link from a statement to its quote leads to an id that stands there once."""
    for ident in ids(samples).values():
        article = site.get(f"/article/{ident}").text
        capture = site.get(f"/article/{ident}/capture").text
        anchors = re.findall(r'id="(s-[a-z0-9]+)"', capture)
        assert len(anchors) == len(set(anchors))
        wanted = set(re.findall(rf'href="/article/{ident}/capture#(s-[a-z0-9]+)"', article))
        assert wanted
        assert wanted <= set(anchors)


def test_ids_on_a_page_are_unique_and_links_inside_it_lead_somewhere(site: Site, samples: Path) -> None:
    """No fragment link of an article page is dead."""
    for ident in ids(samples).values():
        page = site.get(f"/article/{ident}").text
        found = re.findall(r'\sid="([^"]+)"', page)
        assert len(found) == len(set(found))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(found)


def test_every_link_of_the_site_answers(site: Site) -> None:
    """From the front page on, no link of ours is dead."""
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        answer = site.get(path)
        assert answer.status_code == 200, path
        if not answer.headers["content-type"].startswith("text/html") or "av-body" not in answer.text:
            continue
        links = {html.unescape(link).partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', answer.text)}
        fresh = {
            link for link in links - seen if link and not re.match(r"/(-/static|search\?|articles\?|audit\?)", link)
        }
        seen |= links
        waiting.extend(sorted(fresh))
    assert len(seen) > 100


def test_unknown_is_said_in_words(site: Site, unknown: str) -> None:
    """A page without date and outlet says so."""
    page = site.get(f"/article/{unknown}").text
    assert "Outlet not stated · no date stated" in re.sub(r"</?bdi>", "", page)
    assert '<dd class="av-none">not stated</dd>' in page


def test_the_origin_sentence_says_who_says_so(site: Site, samples: Path, unknown: str) -> None:
    """A credit is told as the page's own words, an inference as an inference."""
    by_title = ids(samples)
    stated = site.get(f"/article/{by_title['Why was the water at the Kelmet dam lowered by two metres?']}").text
    assert "The page itself says that this was translated from" in stated
    inferred = site.get(f"/article/{by_title['A ferry for another river']}").text
    assert "A rule infers that this was reprinted from" in inferred
    none = site.get(f"/article/{unknown}").text
    assert "The page names no text it came from." in none


def test_every_rule_that_read_something_can_be_looked_up(site: Site, samples: Path) -> None:
    """What a value rests on has a page in words, with what it read here; a wording shows its examples."""
    with sqlite3.connect(samples / "archive.db") as conn:
        rules = {rule for (rule,) in conn.execute("SELECT DISTINCT rule FROM statements")}
    assert len(rules) > 40
    for rule in sorted(rules):
        page = site.get(f"/rule/{rule}")
        assert page.status_code == 200, rule
        assert "A value read by this rule was read from" in page.text
        assert rule in page.text
    wording = next(rule for rule in sorted(rules) if rule.startswith("wording/en/"))
    assert "<h2>It reads</h2>" in site.get(f"/rule/{wording}").text
    assert site.get("/rule/byline/nothing").status_code == 404


def test_a_file_is_imported_not_captured(site: Site, unknown: str) -> None:
    """A text file claims no capture."""
    page = site.get(f"/article/{unknown}").text
    assert "File imported on" in page
    assert "when it was saved is not known" in page


def test_a_short_id_leads_to_the_article(site: Site, changed: str) -> None:
    """The start of an id redirects to the whole one; what is ambiguous or unknown is a page that says so."""
    answer = site.get(f"/article/{changed[:8]}")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/article/{changed}")
    assert site.get("/article/zzzzzzzzzzzzzzzz").status_code == 404
    assert "No article answers to" in html.unescape(site.get("/article/zzzzzzzzzzzzzzzz").text)


def test_versions_are_frozen_and_differences_named(site: Site, changed: str) -> None:
    """A B A: three versions, the third says that it repeats the first; facts come before words."""
    page = site.get(f"/article/{changed}").text
    assert "says again what" in page
    assert "This is version 1 of 3" in site.get(f"/article/{changed}/v/1").text
    difference = site.get(f"/article/{changed}/diff/1..2").text
    assert difference.index("The headline changed from") < difference.index("av-legend")
    assert "The two say the same." in site.get(f"/article/{changed}/diff/1..3").text
    assert site.get(f"/article/{changed}/v/9").status_code == 404
    assert site.get(f"/article/{changed}/diff/1..9").status_code == 404


def test_the_recipe_on_the_page_proves_the_capture(site: Site, samples: Path, changed: str) -> None:
    """The two commands of the page give the digests that the page names, without this program."""
    page = site.get(f"/article/{changed}/v/2").text
    recipe = html.unescape(re.search(r'<pre class="av-code"><code>(sha256sum.*?)</code>', page, re.S)[1])  # type: ignore[index]
    lines = recipe.splitlines()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command, promise in ((lines[0], lines[1]), (lines[2], lines[3])):
        done = subprocess.run(
            command,
            shell=True,
            cwd=samples,
            capture_output=True,
            text=True,
            env={**os.environ, "PATH": path},
            check=True,
        )
        assert done.stdout.split()[0] in promise


def test_the_record_is_the_same_as_on_the_command_line(site: Site, samples: Path, changed: str) -> None:
    """/article/<id>.json is the record of `archiver show --json`."""
    from archiver.jobs.look import record

    assert json.loads(site.get(f"/article/{changed}.json").text) == json.loads(json.dumps(record(samples, changed)))


def test_audit_narrows_and_counts(site: Site) -> None:
    """By severity and by rule; the CSV holds the same findings."""
    everything = list(csv.DictReader(io.StringIO(site.get("/audit.csv").text)))
    high = list(csv.DictReader(io.StringIO(site.get("/audit.csv?severity=high").text)))
    assert 0 < len(high) < len(everything)
    assert {row["severity"] for row in high} == {"high"}
    page = site.get("/audit?rule=no-date").text
    assert "no outlet</a> <span" in page  # still in the list of rules
    assert page.count('class="av-group"') == 1
    assert site.get("/audit?severity=nonsense&rule=nothing").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "",
        '"',
        '"unclosed',
        "-",
        "- -",
        "a OR b",
        "NEAR(",
        "title:x",
        "*",
        "x*",
        "'; DROP TABLE articles; --",
        "\x00",
        "ə" * 600,
    ],
)
def test_any_words_are_a_query(site: Site, query: str) -> None:
    """Nothing a person types is an error."""
    answer = site.get("/search", params={"q": query})
    assert answer.status_code == 200


def test_search_meets_every_script_and_groups_by_article(site: Site) -> None:
    """One hit an article, in whatever spelling it was asked for."""
    cyrillic, latin = site.get("/search?q=Кельмет").text, site.get("/search?q=kelmet").text
    found = re.findall(r'<a href="/article/([a-z0-9]{16})', cyrillic)
    assert found
    assert sorted(set(found)) == sorted(set(re.findall(r'<a href="/article/([a-z0-9]{16})', latin)))
    assert "in another spelling" in cyrillic
    assert '<mark class="av-mark av-found"' in cyrillic


@pytest.mark.parametrize(
    "path",
    [
        *("/articles?after=[99999999999999999999,1]", '/outlet/a?after=["a",99999999999999999999]'),
        *("/articles?after=" + "[" * 20_000, "/articles?after=[1e400,1]", "/articles?after=[1,1]"),
        *("/articles?after=nonsense", "/articles?order=nonsense", "/articles?only=nonsense", "/audit?from=-1"),
        *(
            "/search?q=a&from=99999999999",
            "/audit?from=" + "9" * 40,
            "/search?q=a&since=%00",
            "/outlet/%00",
            "/outlet/a%2Fb",
        ),
        *(
            "/article/" + "a" * 65,
            "/article/abc/diff/0..0",
            "/article/abc/diff/1..",
            "/article/%F0%9F%98%80",
            "/%ff%fe",
        ),
        *("/article/..%2f..%2fetc%2fpasswd", "/article/" + "x" * 5000, "//evil.example/", "/article//capture"),
    ],
)
def test_no_address_is_an_error(site: Site, path: str) -> None:
    """Odd addresses are answered with a page, never with a traceback."""
    answer = site.get(path)
    assert answer.status_code in {200, 302, 400, 404}
    if answer.status_code == 302:
        assert not answer.headers["location"].startswith("//")


def test_lists_go_on(site: Site, samples: Path) -> None:
    """Every order and every question has its list; outlets have a page by domain and by name."""
    for order in rows.ORDERS:
        assert site.get(f"/articles?order={order}").status_code == 200
    for only in ("changed", "with-origin", "undated", "without-outlet", "attempts"):
        assert site.get(f"/articles?only={only}").status_code == 200
    assert "Ilsen Courier" in site.get("/outlet/ilsencourier.example").text
    assert "Ilsen Courier" in site.get("/outlet/Ilsen%20Courier").text
    assert site.get("/outlet/nobody.example").status_code == 404


@pytest.mark.parametrize(
    "path", [*PAGES, "/archive", "/archive/articles", "/archive.json", "/-/versions.json", "/archive/none"]
)
def test_every_answer_is_shielded(site: Site, path: str) -> None:
    """Headers on all answers, ours and Datasette's, errors too; our pages allow nothing inline."""
    answer = site.get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "http:" not in policy
    if path in PAGES:
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self';")
        assert "unsafe" not in policy
        assert not re.search(r"<script(?! src)|<style|\sstyle=|\son[a-z]+=", answer.text)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_are_for_reading(site: Site, method: str) -> None:
    """No other method does anything."""
    assert site.ask(method, "/").status_code in {403, 405}


def test_a_base_url_is_kept(samples: Path) -> None:
    """Behind a proxy every link and every static file begins with the prefix."""
    site = Site(samples / "archive.db", settings={"base_url": "/press/"})

    def get(path: str) -> Any:
        return site.get(path.removeprefix("/press"))  # the client puts it back

    page = get("/press/")
    assert page.status_code == 200
    for link in re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text):
        assert link.startswith("/press/"), link
    assert get(re.search(r'href="(/press/article/[^"#]+)"', page.text)[1]).status_code == 200  # type: ignore[index]
    assert get(re.search(r'href="(/press/-/static[^"]+)"', page.text)[1]).status_code == 200  # type: ignore[index]
    assert get("/press/nonsense").status_code == 404
    assert get("/press/archive/articles").status_code == 200
    site.close()


def other_database(folder: Path, name: str) -> Path:
    """A database that is no archive."""
    path = folder / f"{name}.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE articles (id TEXT PRIMARY KEY, title TEXT)")
    conn.execute("INSERT INTO articles VALUES ('a', '<b>')")
    conn.commit()
    conn.close()
    return path


def test_other_databases_keep_their_pages(tmp_path: Path) -> None:
    """Without an archive nothing of Datasette changes, headers included: other plugins may load from elsewhere."""
    site = Site(other_database(tmp_path, "audit"), other_database(tmp_path, "search"))
    front = site.get("/")
    assert front.status_code == 200
    assert "av-body" not in front.text
    assert "audit" in front.text
    for path in ("/audit", "/search/articles", "/audit/articles/a"):
        answer = site.get(path)
        assert answer.status_code == 200
        assert "av-body" not in answer.text
    assert site.get(f"{INNER}/").status_code == 404
    assert "av-body" not in site.get("/audit/articles").text
    assert "content-security-policy" not in front.headers
    site.close()


def test_beside_an_archive_other_databases_are_reached(samples: Path, tmp_path: Path) -> None:
    """A database called like one of our pages wins; the archive may have any file name."""
    odd = tmp_path / "старое.db"
    odd.write_bytes((samples / "archive.db").read_bytes())
    site = Site(other_database(tmp_path, "audit"), odd)
    assert "av-body" in site.get("/").text
    assert "av-body" not in site.get("/audit").text
    assert site.get("/audit/articles").status_code == 200
    assert site.get(re.search(r'href="([^"]+)">Tables', site.get("/").text)[1]).status_code == 200  # type: ignore[index]
    site.close()


def test_a_private_archive_stays_private(samples: Path) -> None:
    """Who may not see the database sees none of its pages."""
    site = Site(samples / "archive.db", metadata={"databases": {"archive": {"allow": False}}})
    for path in PAGES[:4]:
        answer = site.get(path)
        assert answer.status_code == 403
        assert "Kelmet" not in answer.text
    site.close()


def test_an_empty_archive_says_what_to_do(tmp_path: Path) -> None:
    """The first page of an archive names the first command."""
    from tests.web import hostile

    with Archive.open(tmp_path, create=True) as archive, archive.writer(hostile.read):
        pass
    site = Site(tmp_path / "archive.db")
    assert "archiver add" in site.get("/").text
    for path in ("/articles", "/audit", "/search?q=a"):
        assert site.get(path).status_code == 200
    site.close()


def test_hostile_fields_change_no_page(attacks: tuple[Path, list[str]]) -> None:
    """Whatever a field holds, every page answers and holds none of it as markup."""
    folder, articles = attacks
    site = Site(folder / "archive.db")
    allowed = {"html", "head", "meta", "title", "link", "script", "body"}
    for ident in articles:
        for ending in ("", "/capture", "/v/1", "/diff/1..2", "/diff/1..2?show=all", ".json", ".csl", ".bib", ".ris"):
            answer = site.get(f"/article/{ident}{ending}")
            assert answer.status_code == 200, (ident, ending)
            if answer.headers["content-type"].startswith("text/html"):
                assert_harmless(answer.text, allowed)
    for path in ("/", "/articles", "/audit", "/search?q=script", "/search?q=<script>window.hit=1</script>"):
        assert_harmless(site.get(path).text, allowed)
    for row in csv.reader(io.StringIO(site.get("/audit.csv").text)):
        assert not any(cell[:1] in "=+-@\t\r" for cell in row if cell)
    site.close()


def assert_harmless(page: str, allowed: set[str]) -> None:
    """One script, ours, and no attribute or address that acts."""
    from lxml import html as lxml_html

    tree: Any = lxml_html.document_fromstring(page.encode())
    scripts = tree.xpath("//script")
    assert len(scripts) == 1
    assert scripts[0].get("src").startswith("/-/static-plugins/")
    assert not tree.xpath(
        "//img | //iframe | //object | //embed | //base | //style | //video | //form[not(starts-with(@action, '/'))]"
    )
    for element in tree.iter():
        for name, value in getattr(element, "attrib", {}).items():
            assert not name.startswith("on")
            assert name != "style"
            if name in {"href", "src", "action"}:
                assert re.match(r"/(?!/)|#|https?://", value), value


def test_a_finding_stays_in_its_place(site: Site, unknown: str) -> None:
    """Findings of an article stand on its page with what to do."""
    page = site.get(f"/article/{unknown}").text
    assert 'id="findings"' in page
    assert "no date" in page
