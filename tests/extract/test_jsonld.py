"""JSON-LD is read as publishers write it, slips and all."""

import json

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extract.jsonld import Graph, graph


def read(*scripts: str) -> Graph:
    """The graph of a page with these scripts."""
    markup = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return graph(lxml.html.document_fromstring(f"<html><head>{markup}</head><body><p>x</p></body></html>"))


ARTICLE = '{"@type": "NewsArticle", "headline": "Bridge"}'
WRITTEN = {
    "plain": ARTICLE,
    "in an array": f"[{ARTICLE}]",
    "in a graph": f'{{"@graph": [{ARTICLE}]}}',
    "in an HTML comment": f"<!-- {ARTICLE} -->",
    "in CDATA": f"//<![CDATA[\n{ARTICLE}\n//]]>",
    "in CDATA in comments": f"/*<![CDATA[*/{ARTICLE}/*]]>*/",
    "trailing commas": '{"@type": "NewsArticle", "headline": "Bridge",}',
    "a forgotten brace at the end": '{"@type": "NewsArticle", "headline": "Bridge", "author": {"name": "Ada Lind"}',
    "a forgotten bracket at the end": '[{"@type": "NewsArticle", "headline": "Bridge"}',
    "a forgotten brace inside": '{"@graph": [{"@type": "NewsArticle", "headline": "Bridge"], "@id": "#g"}',
    "quotes inside a string": '{"@type": "NewsArticle", "description": "She said "no"", "headline": "Bridge"}',
    "quotes before a comma": '{"@type": "NewsArticle", "description": ""No", or "yes", he said", "headline": "Bridge"}',
    "quotes in a list": '{"@type": "NewsArticle", "keywords": ["the "old" pier", "x"], "headline": "Bridge"}',
    "quotes, a comma and a brace": '{"@type": "NewsArticle", "description": "a "b" c", "headline": "Bridge",',
    "a semicolon": ARTICLE + ";",
    "two in a row": ARTICLE + "\n" + ARTICLE,
    "a line break in a string": '{"@type": "NewsArticle", "description": "a\nb", "headline": "Bridge"}',
    "escaped for HTML": ARTICLE.replace('"', "&quot;"),
    "a schema address as type": '{"@type": "http://schema.org/NewsArticle", "headline": "Bridge"}',
    "several types": '{"@type": ["NewsArticle", "Thing"], "headline": "Bridge"}',
}


@pytest.mark.parametrize("script", WRITTEN.values(), ids=WRITTEN)
def test_articles_are_found_however_they_are_written(script: str) -> None:
    """The article node comes out of every common wrapping."""
    nodes = [node for node in read(script).nodes if "NewsArticle" in node.types]
    assert nodes[0].data["headline"] == "Bridge"
    assert nodes[0].path.startswith("$")


def test_references_lead_to_what_they_name() -> None:
    """A bare @id is the object of that name elsewhere on the page."""
    script = json.dumps(
        {
            "@graph": [
                {"@type": "NewsArticle", "author": {"@id": "#ann"}},
                {"@id": "#ann", "@type": "Person", "name": "Ann Lee"},
            ]
        }
    )
    read_graph = read(script)
    article = next(node for node in read_graph.nodes if node.types == ("NewsArticle",))
    assert [item["name"] for item in read_graph.items(article.data["author"])] == ["Ann Lee"]


def test_a_reference_to_itself_ends() -> None:
    """Circles do not hang."""
    found = read('{"@id": "#a", "author": {"@id": "#a"}}')
    assert list(found.items({"@id": "#a"}))


def test_comments_and_lists_are_aside() -> None:
    """An article inside a list of related ones is marked as not this one."""
    found = read('{"@type": "ItemList", "itemListElement": [{"item": {"@type": "NewsArticle"}}]}')
    assert [node.aside for node in found.nodes if "NewsArticle" in node.types] == [True]


BROKEN = {
    "nonsense": "{{{",
    "cut short": '{"@type": "NewsArticle", "headline": "Bri',
    "deep": '{"a":' * 40_000 + "1" + "}" * 40_000,
    "quotes": '{"@type":"NewsArticle","author":' + '"' * 9_999,
}


@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN)
def test_what_no_repair_helps_is_noted(script: str) -> None:
    """Broken scripts are counted, never raised."""
    assert read(script).notes == ("1 JSON-LD script could not be read",)


def test_what_was_repaired_is_said() -> None:
    """A value that rests on a guess at quotes or brackets says so; a comma too many is none."""
    said = read('{"@type": "NewsArticle", "headline": "A "no" to the pier", "datePublished": "2024-05-12"')
    assert said.nodes[0].data["headline"] == 'A "no" to the pier'
    assert said.nodes[0].data["datePublished"] == "2024-05-12"
    assert said.notes == ("1 JSON-LD script is no JSON and was read with quotes or brackets repaired",)
    assert read(WRITTEN["trailing commas"]).notes == ()


def test_quotes_that_were_escaped_stay() -> None:
    """Where one string is broken the others are read as they were written."""
    said = read(r'{"@type": "NewsArticle", "alternativeHeadline": "A \"no\" {to} it\\", "headline": "The "old" pier"}')
    assert said.nodes[0].data["alternativeHeadline"] == 'A "no" {to} it\\'


@given(st.text(alphabet='{}[]",:\\ a1', max_size=200))
def test_any_order_of_signs_is_survived(script: str) -> None:
    """Repair never raises and never loops."""
    assert isinstance(read(script), Graph)


@given(st.text(max_size=200))
def test_any_script_is_survived(script: str) -> None:
    """Whatever stands in the script, a graph comes back."""
    assert isinstance(read(script.replace("<", "")), Graph)
