"""Pages built to cost more than their size: one part of a page, many thousand times."""

from collections.abc import Callable
from typing import TypeAlias

from archiver.model import Capture
from benchmarks.malformed.inputs import Input

Shape: TypeAlias = "Callable[[int], str]"

_PROSE = "<p>" + "The council met on Monday and agreed on the new bridge over the river, officials said. " * 4 + "</p>"


def _page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>A page</title>{head}</head><body>{body}</body></html>"


def _article(inside: str, head: str = "") -> str:
    return _page(f"<article>{_PROSE}{inside}{_PROSE}</article>", head)


def _linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


# name -> page of about n times a few bytes
HTML: dict[str, Shape] = {
    "attributes": lambda n: _article(f"<p {' '.join(f'a{i}=1' for i in range(n))}>text</p>"),
    "attributes on many": lambda n: _article(f"<p {' '.join(f'a{i}=1' for i in range(200))}>text</p>" * (n // 200)),
    "one long attribute": lambda n: _article(f'<div class="{"a " * n}">text</div>'),
    "long class words": lambda n: _article(f'<div class="{"share-" * n}">text</div>'),
    "deep div": lambda n: _article("<div>" * n + "deep" + "</div>" * n),
    "deep span": lambda n: _article("<span>" * n + "deep"),
    "deep b i": lambda n: _article("<b><i>" * n + "x" + "</b></i>" * n),
    "deep tables": lambda n: _article("<table><tr><td>" * (n // 4) + "x"),
    "deep lists": lambda n: _article("<ul><li>" * (n // 2) + "x"),
    "deep quotes": lambda n: _article("<blockquote>q " * (n // 2)),
    "deep fonts": lambda n: _article("<font>a" * n),
    "deep links": lambda n: _article('<a href="/a">x ' * n),
    "paragraphs": lambda n: _page("<p>hello world, this is a text of a page</p>" * n),
    "same paragraphs": lambda n: _page(_PROSE * (n // 16)),
    "short lines": lambda n: _article("a<br>" * n),
    "links": lambda n: _article('<a href="https://news.example/a">a link</a> ' * n),
    "links in one paragraph": lambda n: _article("<p>" + '<a href="/a">A B</a>, ' * n + "</p>"),
    "list items": lambda n: _article("<ul>" + "<li>an item of a list</li>" * n + "</ul>"),
    "headings": lambda n: _page("<h1>A page about a bridge</h1>" * n + _PROSE),
    "times": lambda n: _article('<time datetime="2024-05-01T10:00:00Z">1 May 2024</time> ' * n),
    "bylines": lambda n: _article('<p class="byline">By Ana Novak, Ben Oak and Cy Elm | 1 May 2024</p>' * n),
    "author block": lambda n: _article('<div class="author">' + "by " * n + "x</div>"),
    "credits": lambda n: _article("<p>Translated from gulltimes.example</p><p>Source: Gull Times</p>" * (n // 2)),
    "captions": lambda n: _article("<figure><img src=a><figcaption>Photo: A. Oak / Gull</figcaption></figure>" * n),
    "metas": lambda n: _article("x", '<meta property="article:tag" content="x">' * n),
    "author metas": lambda n: _article("x", '<meta name="author" content="Ana Novak">' * n),
    "date metas": lambda n: _article("x", '<meta property="article:published_time" content="2024-05-01">' * n),
    "titles": lambda n: _article("x", "<title>A page</title>" * n),
    "links in the head": lambda n: _article("x", '<link rel="canonical" href="https://a.example/">' * n),
    "scripts": lambda n: _article("<script>var a = 1;</script>" * n),
    "styles": lambda n: _article("<style>a{}</style>" * n),
    "comments open": lambda n: _article("<!--" * n),
    "cdata open": lambda n: _article("<![CDATA[" * n),
    "tags open": lambda n: _article("<" * n),
    "ends alone": lambda n: _article("</p>" * n),
    "entities": lambda n: _article("<p>" + "&amp" * n + "</p>"),
    "character references": lambda n: _article("<p>" + "&#x41;" * n + "</p>"),
    "NULs": lambda n: _article("<p>" + "a\0" * n + "</p>"),
    "no-break spaces": lambda n: _article("<p>a" + "\xa0" * n + "b</p>"),
    "spaces": lambda n: _article("<p>a" + " " * n * 4 + "b</p>"),
    "brackets": lambda n: _article("<p>" + "(" * n * 4 + "</p>"),
    "quotes": lambda n: _article("<p>" + "“" * n + "</p>"),
    "digits": lambda n: _article("<p>" + "1" * n * 4 + "</p>"),
    "dates": lambda n: _article("<p>" + "1.2.2024 " * n + "</p>"),
    "half dates": lambda n: _article("<p>" + "2024-1" * n + "</p>"),
    "copyrights": lambda n: _article("<p>" + "© " * n + "2020</p>"),
    "one word": lambda n: _article("<p>" + "a" * n * 4 + "</p>"),
    "capitals": lambda n: _article("<p>" + "A" * n * 4 + "</p>"),
    "names": lambda n: _article("<p>" + "Ana Novak, " * n + "</p>"),
    "combining": lambda n: _article("<p>a" + "\u0301" * n + "</p>"),
    "bidi": lambda n: _article("<p>" + "\u202e\u202c" * n + "</p>"),
    "zero width": lambda n: _article("<p>" + "a\u200b" * n + "</p>"),
    "tag characters": lambda n: _article("<p>" + "\U000e0041" * n + "</p>"),
    "emoji": lambda n: _article("<p>" + "👩\u200d" * n + "</p>"),
    "mixed alphabets": lambda n: _article("<p>" + "pаyраl " * n + "</p>"),
    "hidden": lambda n: _article("<p hidden>not shown</p>" * n),
    "hidden deep": lambda n: _article("<div hidden>" * n + "x"),
    "templates": lambda n: _article("<template><p>x</p>" * n),
    "forms": lambda n: _article("<form><input><select><option>x</select></form>" * n),
    "iframes": lambda n: _article("<iframe src=x>" * n),
    "svg": lambda n: _article("<svg>" * n + "x"),
    "object": lambda n: _article("<object>" * n + "x"),
    "microdata deep": lambda n: _article('<div itemscope itemtype="https://schema.org/Person">' * n + "x"),
    "microdata wide": lambda n: _article('<span itemprop="author" itemscope><i itemprop="name">A B</i></span>' * n),
    "json deep lists": lambda n: _article("x", _linked("[" * n)),
    "json deep objects": lambda n: _article("x", _linked('{"a":' * n + "1" + "}" * n)),
    "json deep graph": lambda n: _article("x", _linked('{"@graph":[' * n + "]}" * n)),
    "json quotes": lambda n: _article("x", _linked('{"@type":"NewsArticle","author":' + '"' * n)),
    "json backslashes": lambda n: _article("x", _linked('{"@type":"NewsArticle","headline":"' + "\\" * n)),
    "json commas": lambda n: _article("x", _linked('{"@type":"NewsArticle"' + "," * n + "}")),
    "json broken": lambda n: _article("x", _linked('{"@type":"NewsArticle","headline":"a\n"' * n)),
    "json authors": lambda n: _article(
        "x", _linked('{"@type":"NewsArticle","author":[' + ",".join(['{"name":"Ana Novak"}'] * n) + "]}")
    ),
    "json scripts": lambda n: _article("x", _linked('{"@type":"NewsArticle","headline":"A page"}') * n),
    "json long number": lambda n: _article("x", _linked('{"@type":"NewsArticle","wordCount":' + "9" * n + "}")),
    "data addresses": lambda n: _article('<img src="data:image/png;base64,' + "A" * n + '">'),
    "base64 words": lambda n: _article("<p>" + "data:;base64," * n + "</p>"),
    "saved marks": lambda n: "<!-- saved from url=(" * n + _article("x"),
    "doctype": lambda n: "<!doctype " + "a " * n + ">" + _article("x"),
    "xml declarations": lambda n: "<?xml version='1.0'?>" * n + _article("x"),
    "internal subset": lambda n: (
        "<!DOCTYPE html [" + "".join(f'<!ENTITY a{i + 1} "&a{i};&a{i};">' for i in range(min(n, 60))) + "]>"
        + _article("<p>&a60;</p>")
    ),
}  # fmt: skip

TEXT: dict[str, Shape] = {
    "one line of prose": lambda n: "The council met on Monday and agreed on a bridge. " * n,
    "one line of words": lambda n: "word " * n,
    "one line without a space": lambda n: "a" * n * 8,
    "one line of names": lambda n: "Ana Novak, " * n,
    "one line of sentences run together": lambda n: "Ana Novak said so.The Bridge" * n,
    "lines of one letter": lambda n: "a\n" * n,
    "lines all alike": lambda n: "The council met on Monday.\n" * n,
    "lines of names": lambda n: "By Ana Novak\n" * n,
    "lines of dates": lambda n: "1 May 2024, 10:00\n" * n,
    "lines of credits": lambda n: "Translated from gulltimes.example\n" * n,
    "empty lines": lambda n: "A page\n" + "\n" * n * 8 + "its end",
    "carriage returns": lambda n: "A page\r" * n,
    "form feeds": lambda n: "A page\f" * n,
    "wrapped lines": lambda n: (
        "the council met on monday and agreed on the bridge over the\nriver while all others who wait\n" * n
    ),
    "menus": lambda n: "Home\nPolitics\nWorld\nSport\nMost read\n" * n,
    "bullets": lambda n: "  • an item of a list\n" * n,
    "numbers": lambda n: "1234567890\n" * n,
    "underscores": lambda n: "*_[" * n,
    "link marks": lambda n: "[a](" * n,
    "quote marks": lambda n: "> " * n + "x",
    "front matter": lambda n: "---\n" + "title: a\n" * n,
    "front matter open": lambda n: "---\na: [" + "[" * n,
    "header fields": lambda n: "From: a\n" + "Received: b\n" * n,
    "header folds": lambda n: "From: a\nReceived: b\n" + " c\n" * n,
    "parts": lambda n: "MIME-Version: 1.0\nFrom: a\nContent-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * n,
    "rtf groups": lambda n: "{\\rtf1 " + "{" * n,
    "rtf words": lambda n: "{\\rtf1 " + "\\par " * n,
    "rtf letters": lambda n: "{\\rtf1 " + "\\'e9" * n,
}


def inputs(size: int) -> list[Input]:
    """Every shape with ``size`` repeats."""
    pages = [
        Input("shapes", f"shape {name}", Capture(body=shape(size).encode("utf-8", "surrogatepass"), format="html"))
        for name, shape in HTML.items()
    ]
    texts = [Input("shapes", f"shape {name}", Capture(body=shape(size).encode())) for name, shape in TEXT.items()]
    return pages + texts
