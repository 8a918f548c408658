"""The samples themselves: invented, varied, complete, and what the README says of them."""

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archiver.outlets import default_registry, load_registry
from tests.samples.collection import OUTLETS, SAMPLES, expected, manifest

PAGES = manifest()
FILES = sorted((SAMPLES / "pages").iterdir())
ENCODINGS = {"07": "cp1251", "08": "cp1251", "24": "cp1251"}
FAILED = {"17", "18"}


def _text(path: Path) -> str:
    return path.read_bytes().decode(ENCODINGS.get(path.name[:2], "utf-8-sig"))


def test_the_manifest_names_every_page_once_and_nothing_else() -> None:
    """No page is forgotten and none is listed that does not exist."""
    assert sorted(page["path"] for page in PAGES) == [f"pages/{path.name}" for path in FILES]


def test_every_page_has_expectations_and_a_row_in_the_readme() -> None:
    """Manifest, expectations and README speak of the same pages."""
    readme = (SAMPLES / "README.md").read_text("utf-8")
    assert [path.name[:2] for path in FILES] == list(expected())
    for page in PAGES:
        number = Path(page["path"]).name[:2]
        assert expected()[number]["file"] == page["path"]
        assert f"`{Path(page['path']).name}`" in readme


def test_there_are_enough_pages_languages_and_wrappings() -> None:
    """At least 16 pages in at least 7 languages, saved pages and text dumps, one of them right to left."""
    assert len(PAGES) >= 16
    assert len({page["written_in"] for page in PAGES}) >= 7
    assert {Path(page["path"]).suffix for page in PAGES} == {".html", ".txt"}
    assert any('dir="rtl"' in _text(path) for path in FILES)


def test_pages_come_in_the_order_of_their_moments() -> None:
    """Adding them in the order of the manifest gives every address its true life."""
    moments = [page["captured_at"] for page in PAGES if "captured_at" in page]
    assert all(one <= other for one, other in pairwise(moments))
    assert all(moment.tzinfo is not None for moment in moments)


def test_a_text_dump_claims_no_address_and_no_moment() -> None:
    """A dump is a file of which nobody can say when and where it was saved."""
    for page in PAGES:
        dump = page["path"].endswith(".txt")
        assert ("url" in page, "captured_at" in page) == (not dump, not dump)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_names_are_ascii_and_bodies_decode(path: Path) -> None:
    """File names survive every file system; the bodies are what ENCODINGS says."""
    assert re.fullmatch(r"\d\d-[a-z0-9-]+\.(?:html|txt)", path.name)
    assert _text(path)


@pytest.mark.parametrize("path", [p for p in FILES if p.name[:2] not in FAILED], ids=lambda path: path.name)
def test_an_article_is_as_long_as_a_real_one(path: Path) -> None:
    """Texts shorter than a news item would make every extractor look good."""
    words = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]*>", " ", _text(path), flags=re.S).split()
    assert 200 <= len(words) <= 1000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_address_is_reserved_for_examples(path: Path) -> None:
    """No page points at anybody's real site; vocabularies and charset names are not sites."""
    vocabularies = {"schema.org", "ogp.me", "www.w3.org", "www.google.com"}
    hosts = {urlsplit(url).hostname for url in re.findall(r"https?://[^\s\"'<>)]+", _text(path))}
    strangers = {host for host in hosts if host and not host.endswith(".example")} - vocabularies
    assert not strangers


def test_addresses_of_the_manifest_are_reserved_too() -> None:
    """Every address a sample claims to come from ends in .example."""
    assert all(urlsplit(page["url"]).hostname.endswith(".example") for page in PAGES if "url" in page)


def test_the_packaged_registry_knows_no_invented_outlet() -> None:
    """The samples must be read by general rules; only samples/outlets.toml may name their outlets."""
    registry = default_registry()
    declared = {outlet.id for outlet in load_registry([OUTLETS]).outlets} - {o.id for o in registry.outlets}
    assert declared == {"kvp", "dorskvesti", "sevet-post", "velmara-today"}
    names = {name for sample in expected().values() for name in sample.get("outlet_names", [])}
    assert [name for name in sorted(names) if registry.resolve(name).outlet] == []
    assert not [domain for outlet in registry.outlets for domain in outlet.domains if domain.endswith(".example")]


def test_expected_words_stand_in_the_file_they_are_expected_of() -> None:
    """An expectation that the bytes do not hold would test nothing."""
    for path in FILES:
        sample = expected()[path.name[:2]]
        text = re.sub(r"&[lr]dquo;|[“”]", '"', _text(path)).replace("&rsquo;", "’").replace("&ndash;", "–")
        text = re.sub(r"\s+", " ", text.replace("&amp;", "&"))
        wanted = [*sample.get("text_has", []), *(origin["quote"] for origin in sample.get("origins", []))]
        for words in wanted:
            assert re.sub(r"[“”]", '"', words) in text, (path.name, words)
