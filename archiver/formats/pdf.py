"""A PDF file is read as the text that its pages show, and its document information as what the file says of itself.

Every character stands at its place in the text that was read; a note says where each page begins. A file of pictures
alone has an empty text and a note, for it is kept all the same; one that is locked is refused.
"""

import re
from dataclasses import replace

from archiver.errors import FormatError
from archiver.formats.paragraphs import open_paragraphs
from archiver.formats.pdf_layout import paragraphs
from archiver.formats.pdf_lines import Pdf, UnreadableError, lines_of
from archiver.model import Capture, Page

_MAGIC = b"%PDF-"
_REACH = 1_024  # what readers allow before the header (ISO 32000-1, annex H.3.4.1)
_BROWSERS = re.compile(
    r"Mozilla/|Skia/PDF|Chrom(?:e|ium)|Firefox|Safari|HeadlessChrome|wkhtmltopdf|Quartz PDFContext.{0,40}Safari"
)
_OBJECT = re.compile(rb"\d{1,9} \d{1,5} obj")
_MOST_MARGIN = 20
_ADDRESS = re.compile(r"https?://[^\s\u2026]{1,2000}(?![\u2026]|\.\.\.)")


def recognises(capture: Capture) -> bool:
    """True for the header of a PDF file at the start, or behind a little that is no text and no markup."""
    head = capture.body[:_REACH]
    if head.startswith(_MAGIC):
        return True
    at = head.find(_MAGIC)
    return at > 0 and head[at + 5 : at + 6].isdigit() and bool(_OBJECT.search(capture.body, at, at + 4_096))


def open_pdf(capture: Capture) -> Page:
    """``capture`` as a Page in space VISIBLE: the text of its pages, running heads and page numbers last.

    Raises FormatError when it is encrypted, or so damaged that no page is found in it.
    """
    name = capture.filename or capture.url or "the capture"
    try:
        held = lines_of(capture.body)
    except UnreadableError as error:
        raise FormatError(
            f"{name} is a PDF file that {error}", "open it in a viewer and print it to a new PDF file, or give its text"
        ) from error
    told = paragraphs(held.leaves)
    declared = [(f"pdf info[{key}]", value) for key, value in held.info]
    if _is_printed_page(held):
        # What a browser prints round a page (its moment, the address, page numbers) is none of the page's own words.
        margin = [paragraph.text for paragraph in told if paragraph.tag == "footer"]
        told = [paragraph for paragraph in told if paragraph.tag != "footer"]
        declared += [("print margin", text) for text in margin[:_MOST_MARGIN]]
        declared += [("print margin[address]", match[0]) for text in margin if (match := _ADDRESS.search(text))][:1]
    page = open_paragraphs(capture, told, "pdf", "pdf")
    return replace(page, declared=tuple(declared), notes=(*held.notes, *_where(page, held)))


def _is_printed_page(held: Pdf) -> bool:
    """True where a browser made the file of a page that it showed."""
    return any(_BROWSERS.search(value) for key, value in held.info if key in {"Creator", "Producer"})


def _where(page: Page, held: Pdf) -> tuple[str, ...]:
    """Notes on where each sheet begins in the text, and on sheets without any."""
    if not held.leaves:
        return ("no text was read from it",)
    if not page.text:
        return (f"none of its {len(held.leaves)} pages holds text, only pictures: run text recognition (OCR) over it",)
    bare = [str(leaf.number) for leaf in held.leaves if not leaf.lines]
    notes = (f"pages without text: {', '.join(bare[:50])}",) if bare else ()
    begins: dict[str, int] = {}
    for block in page.blocks:
        for word in block.hint.split():
            if word.startswith("sheet-"):
                begins.setdefault(word.removeprefix("sheet-"), block.start)
    told = ", ".join(f"{number} at {start}" for number, start in list(begins.items())[:100])
    return (*notes, f"where its pages begin in the text: {told}") if len(held.leaves) > 1 else notes
