"""Small pages for the tests of attribution: zoned lines, written by us."""

from archiver.model import Block, Link, Page, Space, Zone

PARAGRAPH = (
    "The harbour council agreed on Monday to keep the old lighthouse open through the winter, and both sides said "
    "that they expected the repairs to be finished before the end of the month."
)


def page(*lines: tuple[Zone, str], links: dict[str, str] | None = None, fragment: str | None = None) -> Page:
    """A page of one block a line; ``links`` maps words to the address they link to."""
    text = "\n".join(line for _, line in lines)
    blocks: list[Block] = []
    start = 0
    for zone, line in lines:
        found = tuple(
            Link(start + line.index(words), start + line.index(words) + len(words), url)
            for words, url in (links or {}).items()
            if words in line
        )
        blocks.append(Block(start, start + len(line), zone, links=found))
        start += len(line) + 1
    return Page("textdump", Space.SOURCE, text, tuple(blocks), "utf-8", fragment=fragment)


def article(*tail: str, byline: str | None = None, title: str = "Lighthouse stays open", lead: str = PARAGRAPH) -> Page:
    """An ordinary article with ``tail`` lines after its last paragraph."""
    head = [(Zone.BYLINE, byline)] if byline else []
    body = [(Zone.BODY, lead), (Zone.BODY, PARAGRAPH.replace("Monday", "Tuesday")), (Zone.BODY, PARAGRAPH)]
    return page((Zone.TITLE, title), *head, *body, *((Zone.TAIL, line) for line in tail))
