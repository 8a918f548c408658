"""A Markdown text is read as its reader sees it, with its front matter as what it says of itself.

The text is CommonMark 0.31 with tables, rendered to HTML by markdown-it-py and opened like any page; nothing that it
holds is run. Its lines are then zoned like those of a dump, for Markdown marks headings and links, but no byline. Over
60 development pages in Markdown (text F1 / day right / author F1): .902 / 1.000 / .895 so, .910 / .976 / .872 as a
bare article. Front matter (see ``frontmatter``) goes into ``Page.declared`` and is no part of the text.
"""

import re
from dataclasses import replace

from archiver.errors import FormatError
from archiver.formats import frontmatter
from archiver.formats.html import open_html
from archiver.formats.textdump import decode_text
from archiver.model import Capture, Page, Zone

_ENDINGS = (".md", ".markdown", ".mdown", ".mkd")
_TYPES = frozenset({"text/markdown", "text/x-markdown"})
_HEAD = 20_000
_LARGEST = 256 * 1024  # 45,000 words; the costliest text of that size takes four seconds to read
_MOST_BRACKETS = 10_000  # each costs up to half a millisecond where they nest
_DOCUMENT = re.compile(rb"[\s\xef\xbb\xbf]{0,64}<(?:!doctype\s|html|\?xml)", re.I)
_MOST_NESTING = 100
# A line that opens more quotes and lists than are followed would be dropped with all its words.
_DEEP = re.compile(r"^(?:[ \t]{0,3}(?:>|[-*+](?=[ \t]))[ \t]?){90,}", re.M)
_LONGEST = 2_000
_TAGS = {tag: tag for tag in ("h1", "h2", "h3", "h4", "h5", "h6", "li")}


def recognises(capture: Capture) -> bool:
    """True for text whose name or media type says that it is Markdown, and for text that begins with front matter."""
    said = (capture.media_type or "").partition(";")[0].strip().lower() in _TYPES
    named = (capture.filename or "").lower().endswith(_ENDINGS)
    head = capture.body[:_HEAD]
    if b"\x00" in head or _DOCUMENT.match(head):
        return False
    if said or named:
        return True
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"---", b"+++")):
        return False
    pairs, _ = frontmatter.split(head.decode("utf-8-sig", "replace"))
    return bool(pairs)


def open_markdown(capture: Capture) -> Page:
    """``capture`` as a Page in space VISIBLE: what a reader of the rendered text sees.

    Raises FormatError when it is larger than any text.
    """
    if len(capture.body) > _LARGEST:
        name = capture.filename or capture.url or "the capture"
        raise FormatError(f"{name} is larger than any Markdown text", "read it as it stands: --as textdump")
    text, encoding, notes = decode_text(capture.body, capture.charset)
    pairs, text = frontmatter.split(text)
    if _DEEP.search(text):
        text = _DEEP.sub("", text)
        notes = (*notes, "lines that nest deeper than readers follow were read flat")
    links = text.count("[") <= _MOST_BRACKETS
    if not links:
        notes = (*notes, f"more than {_MOST_BRACKETS} brackets: links were read as they are written")
    markup = f"<html><body><article>\n{_rendered(text, links=links)}\n</article></body></html>"
    page = open_html(replace(capture, body=markup.encode("utf-8", "replace"), charset="utf-8", media_type=None))
    declared = tuple((f"front matter[{key}]", value[:_LONGEST]) for key, value in pairs)
    blocks = tuple(replace(block, tag=_TAGS.get(block.tag, "line"), zone=Zone.BODY) for block in page.blocks)
    return replace(
        page,
        format="markdown",
        encoding=encoding,
        declared=(*declared, *page.declared),
        notes=(*notes, *page.notes),
        tree=None,
        blocks=blocks,
    )


def _rendered(text: str, *, links: bool) -> str:
    """The HTML of a Markdown text."""
    from markdown_it import MarkdownIt  # only those who read Markdown pay for the import

    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": _MOST_NESTING}).enable("table")
    if not links:
        reader.disable(["link", "image", "reference"])
    # Means nothing in HTML, and a search for its end from each of many makes rendering slow.
    return str(reader.render(text.replace("<![CDATA[", "&lt;![CDATA[")))
