"""Invented text dumps with the furniture of real ones, shared by the tests of zones, headlines and bylines."""

from archiver.extract.chrome import zone_dump
from archiver.formats.textdump import open_textdump
from archiver.model import Capture, Page, Zone

PARAGRAPHS = (
    "The harbour of Port Ellery will reopen to passenger ships in spring, the city council decided on Monday night.",
    "Mayor Ines Corvo said that the new pier had cost less than planned, and that a first ferry would leave in March.",
    "Fishermen had asked for a delay. “We were told about the timetable last week,” one of them said to the council.",
)
NEWS_SITE = """By using this site, you agree to the Privacy Policy and Terms of Use.
Accept
  • Home
  • News
    • Economy
    • Culture
  • Opinion
Coast.ExampleCoast.Example
Search
  • News
  • Economy
  • Culture
  • Opinion
Follow US
© 2021 Coast.Example – Daily Review
Coast.Example > News > Harbour of Port Ellery reopens in spring
News

Harbour of Port Ellery reopens in spring

After two years of repairs the council sets a date for the first ferry.

CoastExample
By CoastExample Published March 3, 2024 4 Min Read
Img 20240302 1536x948.jpg

{body}

Leyla Hart

Translated from seaside.example

You Might Also Like

Harbour of Port Ellery reopens in spring
News May 22, 2025
57d0073364414 fb big 720
Old lighthouse to become a museum of the coast
News May 21, 2025

Leave a Reply

Your email address will not be published.

Useful links
  • Privacy Policy
Email: editor@coast.example

© 2021 Coast.Example – Daily Review
Sign in to your account
Lost your password?""".format(body="\n\n".join(PARAGRAPHS))


def zoned(text: str) -> Page:
    """``text`` opened as a dump and zoned."""
    return zone_dump(open_textdump(Capture(body=text.encode())))


def lines_in(page: Page, *zones: Zone) -> list[str]:
    """The lines of ``page`` that stand in one of ``zones``."""
    return [page.quote(block) for block in page.blocks if block.zone in zones]
