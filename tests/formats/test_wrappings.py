"""One page in every wrapping gives one record: title, date, authors, outlet, origin and text, whatever file held it."""

import json
from dataclasses import replace

import pytest

from archiver.model import Capture, Reading
from archiver.statements import read
from tests.formats.office import docx, paragraph, rtf, rtf_text
from tests.formats.printed import lines, pdf, wrapped
from tests.formats.wrapped import eml, mhtml

TITLE = "Ferry stays in port for a second day"
BYLINE = "By Anna Leeman"
DAY = "2 May 2024"
OUTLET = "Tidewater Post"
ADDRESS = "https://tidewater-post.example/ferry"
TEXT = (
    (
        "The ferry between Kelmet and the islands stayed in port on Thursday because of strong winds, the harbour "
        "office said. Passengers waited in the hall until the evening, and some of them went home by bus."
    ),
    (
        "The office expects the next departure on Saturday morning, if the wind turns to the north as the weather "
        "service forecasts. Tickets stay valid for a week, the company told travellers on its notice boards."
    ),
    (
        "The last time that ferries stood still for two days was in the winter of the great flood, when the pier of "
        "the old harbour was damaged. It has since been rebuilt with stone from the quarries of the island."
    ),
)
CREDIT = "Translated from harbour-gazette.example"
RIGHTS = "© 2024 Tidewater Post. All rights reserved."

_META = (
    f'<title>{TITLE} - {OUTLET}</title><meta property="og:title" content="{TITLE}"/>'
    f'<meta property="og:site_name" content="{OUTLET}"/><meta name="author" content="Anna Leeman"/>'
    '<meta property="article:published_time" content="2024-05-02"/>'
    f'<link rel="canonical" href="{ADDRESS}"/>'
)
_ARTICLE = (
    f'<article><h1>{TITLE}</h1><p class="byline">{BYLINE}</p><p class="date">{DAY}</p>'
    + "".join(f"<p>{each}</p>" for each in TEXT)
    + f"<p>{CREDIT}</p></article><footer><p>{RIGHTS}</p></footer>"
)
HTML = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{_META}</head><body>{_ARTICLE}</body></html>'
XHTML = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" '
    f'lang="en"><head>{_META}</head><body>{_ARTICLE}</body></html>'
)
AMP = (
    f'<!doctype html><html amp lang="en"><head><meta charset="utf-8"><script async src="https://cdn.example/v0.js">'
    f"</script>{_META}<style amp-boilerplate>body{{animation:none}}</style></head><body>{_ARTICLE}</body></html>"
)
SINGLE = (
    f'<!DOCTYPE html> <html lang="en"><!--\n Page saved with SingleFile \n url: {ADDRESS} \n '
    f"saved date: Sat May 04 2024 10:11:12 GMT+0200 (Central European Summer Time)\n--><meta charset=utf-8>{_META}"
    f'<style>:root{{--i:url("data:image/png;base64,{"iVBORw0KGgo" * 40}")}}</style><body>{_ARTICLE}</body></html>'
)
DUMP = "\n".join([OUTLET, "Home", "News", "Weather", TITLE, BYLINE, DAY, *TEXT, CREDIT, RIGHTS])
MARKDOWN = (
    f"---\ntitle: {TITLE}\nauthor: Anna Leeman\ndate: 2024-05-02\npublisher: {OUTLET}\n---\n\n# {TITLE}\n\n{BYLINE}\n\n"
    + "\n\n".join([DAY, *TEXT, CREDIT])
)
MAIL = f"From: {OUTLET} <news@tidewater-post.example>\nSubject: {TITLE}\nDate: Thu, 2 May 2024 10:11:12 +0200"
HEAD = [paragraph(TITLE, "Tytu"), paragraph(BYLINE), paragraph(DAY)]
LETTER = docx("".join([*HEAD, *map(paragraph, TEXT), paragraph(CREDIT), paragraph(RIGHTS)]))
RICH = rtf(
    r"{\b\fs40 " + TITLE + r"}\par " + r"\par ".join(map(rtf_text, [BYLINE, DAY, *TEXT, CREDIT, RIGHTS])) + r"\par"
)
_SET = [line for each in TEXT for line in [*wrapped(each, 80), ""]]
SHEET = pdf(
    [[(TITLE, 60, 740, 22), *lines([BYLINE, DAY, "", *_SET, CREDIT, "", RIGHTS])]],
    Title=f"{TITLE} - {OUTLET}",
)
LINE = {"url": ADDRESS, "title": TITLE, "published": "2024-05-02", "authors": ["Anna Leeman"], "outlet": OUTLET}
ARTICLE = "\n\n".join([*TEXT, CREDIT])

_BODY = "".join(f"<p>{each}</p>" for each in (*TEXT, CREDIT))
NEWSML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="2">'
    f"<rightsInfo><copyrightNotice>{RIGHTS}</copyrightNotice></rightsInfo><itemMeta><provider><name>{OUTLET}</name>"
    "</provider><versionCreated>2024-05-02T12:00:00Z</versionCreated></itemMeta><contentMeta><contentCreated>"
    f"2024-05-02T10:11:12Z</contentCreated><by>{BYLINE}</by><language tag='en'/><headline>{TITLE}</headline>"
    '</contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
    f"<head><title>x</title></head><body>{_BODY}</body></html></inlineXML></contentSet></newsItem>"
)
NITF = (
    '<?xml version="1.0"?><nitf><head><docdata><date.release norm="20240502T101112Z"/></docdata>'
    f'<pubdata name="{OUTLET}"/></head>'
    f"<body><body.head><hedline><hl1>{TITLE}</hl1></hedline><byline>{BYLINE}</byline></body.head><body.content>"
    f"<media><media-caption>A ferry</media-caption></media>{_BODY}</body.content></body></nitf>"
)

WRAPPINGS: dict[str, Capture] = {
    "html": Capture(HTML.encode()),
    "html-utf-16": Capture(HTML.replace('<meta charset="utf-8">', "").encode("utf-16")),
    "html-windows-1252": Capture(HTML.replace("utf-8", "windows-1252").encode("cp1252")),
    "xhtml": Capture(XHTML.encode()),
    "amp": Capture(AMP.encode()),
    "singlefile": Capture(SINGLE.encode()),
    "mhtml": Capture(mhtml(HTML.encode(), location=ADDRESS)),
    "eml": Capture(eml(("text/html", HTML), header=MAIL)),
    "textdump": Capture(DUMP.encode()),
    "textdump-cp1252": Capture(DUMP.encode("cp1252")),
    "markdown": Capture(MARKDOWN.encode(), filename="ferry.md"),
    "pdf": Capture(SHEET),
    "docx": Capture(LETTER),
    "rtf": Capture(RICH),
    "newsml": Capture(NEWSML.encode()),
    "newsml-nitf": Capture(NITF.encode()),
    "jsonl-text": Capture(json.dumps({**LINE, "text": DUMP}).encode()),
    "jsonl-html": Capture(json.dumps({**LINE, "html": HTML}).encode()),
}


def _record(reading: Reading) -> dict[str, object]:
    def shown(name: str) -> list[str]:
        return [s.value for s in reading.shown(name)]

    return {
        "title": shown("title"),
        "published": [value[:10] for value in shown("published")],
        "authors": shown("author"),
        "outlet": shown("outlet"),
        "origins": [(s.value, s.detail["kind"]) for s in reading.shown("origin")],
        "text": [part for part in reading.text.split("\n\n") if part != CREDIT],
        "language": shown("language"),
    }


@pytest.mark.parametrize("name", sorted(WRAPPINGS))
def test_a_page_says_the_same_in_any_wrapping(name: str) -> None:
    """The same six facts and the same paragraphs, each value with its words in place."""
    reading = read(WRAPPINGS[name])
    kind = name.partition("-")[0]
    assert reading.format == ("html" if kind in {"xhtml", "amp", "singlefile"} else kind)
    assert _record(reading) == {
        "title": [TITLE],
        "published": ["2024-05-02"],
        "authors": ["Anna Leeman"],
        "outlet": [OUTLET],
        "origins": [("harbour-gazette.example", "translation")],
        "text": list(TEXT),
        "language": ["en"],
    }
    placed = [s for s in reading.statements if s.start is not None and s.space in {"source", "visible"}]
    assert all(reading.page_text[s.start : s.end] == s.quote for s in placed)


def test_the_name_of_a_file_is_no_part_of_what_is_read() -> None:
    """A wrapping is known by its bytes."""
    for name, capture in WRAPPINGS.items():
        if name != "markdown":
            assert read(replace(capture, filename="page.txt")).format == read(capture).format
