"""When a page says it was published and changed, and what bounds its words give where it does not say.

Zones decide what a date is the date of. Only a date that is labelled, stands in the byline block, directly beside the
title, in a dateline or in the address can be the article's own; dates of related lists, comments, footers, menus and
page clocks bound the moment of capture, dates told in the text bound the moment of writing, and none of them is ever
a publication date. Nothing here knows what day it is: the latest possible day is that of the capture, where known.
"""

from datetime import timedelta

from archiver.extract.address_dates import from_address
from archiver.extract.date_bounds import captured_bound, changed_bound, moment_bound, written_bounds
from archiver.extract.date_candidates import candidate_of, foreign_dates, other_readings
from archiver.extract.date_own import ASIDE, NEVER_OWN, ONLY_CHANGED_RULE, own_dates
from archiver.extract.date_places import placed_dates
from archiver.extract.date_rivals import confirmed, contended
from archiver.extract.printed_dates import PrintedDate, read_printed
from archiver.model import Candidate, Capture, Page

__all__ = ["NEVER_OWN", "PrintedDate", "candidates", "read_printed"]

_FIRM = 50  # from this weight on a reading is shown where nothing speaks against it


def candidates(page: Page, capture: Capture, language: str | None) -> list[Candidate]:
    """``published``, ``modified`` and bounds that the words of ``page`` and its address give.

    Values are ISO prefixes, ``detail`` holds ``precision`` and ``zone`` and, where day and month cannot be told apart,
    ``readings``. Candidates that must not be shown carry their reason in ``rejected``.
    """
    placed = placed_dates(page, capture, language)
    latest = capture.captured_at.date() + timedelta(days=1) if capture.captured_at else None
    addressed = list(from_address(capture.url, latest))
    own = confirmed(contended(page, own_dates(page, placed)), [each.value for each in addressed if not each.rejected])
    found = [candidate_of(each, page.space, latest) for each in own]
    found += other_readings(own, page.space)
    found += foreign_dates(placed, page.space)
    found += addressed
    stated = [candidate for candidate in found if not candidate.rejected]
    if capture.captured_at is None:
        clocks = [each.placed for each in own if each.rejected and each.rule != ASIDE]
        found += captured_bound(page, placed, [candidate.value for candidate in stated], clocks)
    else:
        found.append(moment_bound(capture.captured_at))
    if not any(candidate.property == "published" for candidate in stated):
        aside = {each.placed.index for each in own if each.rule == ASIDE}
        told = [each for each in placed if each.index not in aside]
        found += written_bounds(page, told, language, latest)
    # A day of publication that is taken from that of a change leaves the bound, which is certain, in its place.
    firm = [each for each in stated if each.property == "published" and each.weight >= _FIRM]
    if all(each.rule == ONLY_CHANGED_RULE for each in firm):
        found += changed_bound(stated)
    return found
