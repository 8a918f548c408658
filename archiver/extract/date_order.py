"""In which order a page writes day and month, told by its dates that can be read in one way only."""

import re
from collections.abc import Sequence

from archiver.extract.printed_dates import PrintedDate


def order_of_dates(dates: Sequence[PrintedDate]) -> str | None:
    """The order of day and month that the page's unmistakable dates follow, if they all follow one.

    Dates in numbers speak first; else how English dates are spelt ("April 5, 2024" or "5 April 2024").
    """
    numeric: set[str] = set()
    spelt: set[str] = set()
    for each in dates:
        words = each.words
        numbers = re.match(r"\D{0,20}(\d{1,2})\s?[./\-]\s?(\d{1,2})\s?[./\-]\s?\d{2,4}", words)
        if numbers and each.settled_by == "digits":
            first, second = int(numbers[1]), int(numbers[2])
            numeric |= {"dmy"} if first > 12 else {"mdy"} if second > 12 else set()
        elif re.match(r"[a-z]{3,9}\.?\s\d{1,2}\D", words, re.I):
            spelt.add("mdy")
        elif re.match(r"\d{1,2}(?:st|nd|rd|th)?\s[a-z]{3,9}", words, re.I):
            spelt.add("dmy")
    orders = numeric or spelt
    return orders.pop() if len(orders) == 1 else None
