"""Pages cut by hand: one block a line, each line with the zone that a test gives it."""

from archiver.model import Block, Page, Space, Zone


def cut(*lines: tuple[Zone, str], hints: dict[int, str] | None = None, fragment: str | None = None) -> Page:
    """A dump with one block for each (zone, line); ``hints`` gives element words to lines by number."""
    blocks: list[Block] = []
    text = ""
    for number, (zone, line) in enumerate(lines):
        blocks.append(Block(len(text), len(text) + len(line), zone, hint=(hints or {}).get(number, "")))
        text += line + "\n"
    return Page("textdump", Space.SOURCE, text, tuple(blocks), "utf-8", fragment=fragment)
