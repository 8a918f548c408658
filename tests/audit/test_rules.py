"""Every rule fires where it should and is silent on the nearest thing that is none of its business."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest

from archiver import judged
from archiver.audit import RULES, audit
from archiver.model import (
    Decision,
    Dossier,
    Finding,
    Judgement,
    Meant,
    OriginKind,
    Outcome,
    Reading,
    Severity,
    Space,
    Zone,
)
from tests.audit.build import MOMENT, TEXT, dossier, edge, event, linked, meta, origin, outvoted, placed, reading, says

# A page that says everything a page should.
OUTLET = says("outlet", "The Quay", detail={"domain": "quay.example"})
DATE = says("published", "2024-05-14")
AUTHOR = says("author", "Odile Brandt")
WHOLE = (OUTLET, DATE, AUTHOR, says("title", "A wardrobe without an owner"))
TRANSLATION = origin("translation", "Su Yolu", "Translated from suyolu.example", "suyolu.example")
CREDIT_TEXT = TEXT + "Source: The Quay, quay.example"
BY_MACHINE = origin(
    "translation", "Su Yolu", "Translated by machine from suyolu.example", "suyolu.example", detail={"machine": True}
)
REPRINT = origin(
    "reprint", "The Quay", "Source: The Quay, quay.example", "quay.example", start=len(TEXT), end=len(TEXT) + 30
)


@dataclass(frozen=True)
class Case:
    """A dossier, the rule it is about, and what that rule must (or must not) say of it."""

    about: str
    rule: str
    dossier: Dossier
    says: str | None
    severity: Severity | None = None


def fires(rule: str, about: str, given: Dossier, says: str, severity: Severity | None = None) -> Case:
    return Case(about, rule, given, says, severity)


def silent(rule: str, about: str, given: Dossier) -> Case:
    return Case(about, rule, given, None)


def without(name: str, *more: Any) -> tuple[Any, ...]:
    return (*(s for s in WHOLE if s.property != name), *more)


def clock(value: str, zone: str | None, precision: str = "minute") -> dict[str, Any]:
    return {"value": value, "detail": {"precision": precision, "zone": zone}}


def _page_with_dates(own: str, *others: str, zone: Zone = Zone.BYLINE) -> Reading:
    """A page that prints its own date and those of ``others``, all of them read as firm dates of the article."""
    page_text = " | ".join([*others, own, TEXT])
    found = [says("published", _iso(own), own, start=page_text.index(own), end=page_text.index(own) + len(own))]
    for quote in others:
        place = page_text.index(quote)
        found.append(outvoted("published", _iso(quote), quote=quote, start=place, end=place + len(quote)))
    blocks = (*placed(page_text, *others, zone=zone), *placed(page_text, own))
    return reading(*without("published", *found), page_text=page_text, blocks=blocks)


def _iso(printed: str) -> str:
    return datetime.strptime(printed, "%d %B %Y").date().isoformat()


WHO = [
    fires("no-outlet", "nothing said", dossier(reading(*without("outlet"))), "who published"),
    fires(
        "no-outlet",
        "a weak candidate is named, not believed",
        dossier(reading(*without("outlet"), says("outlet", "World news", shown=False, why="too weak to show"))),
        "“World news”",
    ),
    silent("no-outlet", "an outlet is shown", dossier(reading(*WHOLE))),
    fires("no-author", "nobody signs", dossier(reading(OUTLET, DATE)), "Nobody signs", Severity.LOW),
    silent("no-author", "a person signs", dossier(reading(*WHOLE))),
    silent("no-author", "an agency is named", dossier(reading(OUTLET, DATE, says("agency", "KVP")))),
    silent("no-author", "a wire story", dossier(reading(OUTLET, DATE, origin("wire", "KVP", "(KVP)")))),
    silent("no-author", "an account posts", dossier(reading(OUTLET, DATE, says("posted_by", "QuayDesk")))),
    fires(
        "posting-account-only",
        "the account is no person",
        dossier(reading(OUTLET, DATE, says("posted_by", "QuayDesk"))),
        "“QuayDesk”",
    ),
    silent("posting-account-only", "a person signs too", dossier(reading(*WHOLE, says("posted_by", "QuayDesk")))),
    fires(
        "mixed-scripts",
        "a Cyrillic е in a Latin outlet",
        dossier(reading(*without("outlet", says("outlet", "V\u0435lmara Today")))),
        "U+0435",
        Severity.HIGH,
    ),
    fires(
        "mixed-scripts",
        "a Latin a in a Cyrillic name",
        dossier(reading(*without("author", says("author", "Кир\u0061 Лемнова")))),
        "look alike: a (U+0061).",
        Severity.MEDIUM,
    ),
    fires(
        "mixed-scripts",
        "a Cyrillic А in a headline",
        dossier(reading(OUTLET, says("title", "\u0410liyev speaks"))),
        "headline",
        Severity.MEDIUM,
    ),
    silent(
        "mixed-scripts",
        "a Latin word beside a Cyrillic one",
        dossier(reading(*without("outlet", says("outlet", "РБК TV")), says("section", "IT-рынок"))),
    ),
    fires(
        "canonical-elsewhere",
        "another site",
        dossier(reading(*WHOLE, says("canonical_url", "https://other.example/a"))),
        "on another site",
        Severity.MEDIUM,
    ),
    fires(
        "canonical-elsewhere",
        "another page of the same site",
        dossier(reading(*WHOLE, says("canonical_url", "https://m.news.example/b"))),
        "on the same site",
        Severity.INFO,
    ),
    silent(
        "canonical-elsewhere",
        "scheme, www, tracking and slash make no difference",
        dossier(reading(*WHOLE, says("canonical_url", "http://www.news.example/a/?utm_source=x"))),
    ),
    silent(
        "canonical-elsewhere",
        "percent signs make no difference",
        dossier(
            reading(*WHOLE, says("canonical_url", "https://news.example/fürs")), url="https://news.example/f%C3%BCrs"
        ),
    ),
    silent(
        "canonical-elsewhere",
        "a file claims no address to compare with",
        dossier(reading(*WHOLE, says("canonical_url", "https://other.example/a")), url=None),
    ),
    fires(
        "canonical-elsewhere",
        "an address that is none does not stop the audit",
        dossier(reading(*WHOLE, says("canonical_url", "javascript:alert(1)"))),
        "javascript:alert(1)",
    ),
]
WHEN = [
    fires("no-date", "nothing said", dossier(reading(OUTLET, AUTHOR)), "It existed on 2025-01-10T12:00:00Z"),
    fires(
        "no-date",
        "dates of others are named, not believed",
        dossier(reading(OUTLET, says("published", "2025-01-09", shown=False, why="stands in a related list"))),
        "1 date (2025-01-09) stands on the page",
    ),
    silent("no-date", "a date is shown", dossier(reading(*WHOLE))),
    silent("no-date", "a bound is shown", dossier(reading(OUTLET, says("published_not_before", "2024-03")))),
    fires(
        "date-bounds-only",
        "two bounds",
        dossier(reading(OUTLET, says("published_not_before", "2022-03-11"), says("published_not_after", "2022-03-31"))),
        "not before 2022-03-11 (“2022-03-11”) and not after 2022-03-31",
    ),
    silent(
        "date-bounds-only", "a date beside the bound", dossier(reading(*WHOLE, says("published_not_before", "2024")))
    ),
    silent(
        "date-bounds-only", "only the capture is bounded", dossier(reading(OUTLET, says("captured_not_before", "2024")))
    ),
    fires(
        "date-conflict",
        "metadata ten days after the visible date",
        dossier(reading(*WHOLE, outvoted(**meta("published", "2024-05-24")))),
        "10 days apart",
        Severity.HIGH,
    ),
    fires(
        "date-conflict",
        "day and month changed places",
        dossier(
            reading(*without("published", says("published", "2024-03-04"), outvoted(**meta("published", "2024-04-03"))))
        ),
        "day and month may have changed places",
        Severity.HIGH,
    ),
    fires(
        "date-conflict",
        "one day: a zone may be the reason",
        dossier(reading(*WHOLE, outvoted(**meta("published", "2024-05-13")))),
        "1 day apart",
        Severity.INFO,
    ),
    fires(
        "date-conflict",
        "a second date under the headline",
        dossier(_page_with_dates("14 May 2024", "3 March 2024")),
        "2024-03-03 by the visible text (“3 March 2024”): 72 days apart",
        Severity.HIGH,
    ),
    silent(
        "date-conflict",
        "the comments, each with its itemprop",
        dossier(
            reading(
                *WHOLE,
                outvoted(**meta("published", "2024-06-01", "meta[itemprop=datePublished]")),
                outvoted(**meta("published", "2024-06-09", "meta[itemprop=datePublished]")),
            )
        ),
    ),
    fires(
        "date-conflict",
        "one itemprop",
        dossier(reading(*WHOLE, outvoted(**meta("published", "2024-06-01", "meta[itemprop=datePublished]")))),
        "18 days apart",
    ),
    silent(
        "date-conflict",
        "a time element of some list",
        dossier(reading(*WHOLE, outvoted(**meta("published", "2024-03-03", "time[datetime]")))),
    ),
    silent("date-conflict", "a page clock", dossier(_page_with_dates("14 May 2024", "10 January 2025"))),
    silent(
        "date-conflict",
        "a feed with dates above the headline",
        dossier(_page_with_dates("14 May 2024", "3 March 2024", "9 March 2024", "1 June 2024")),
    ),
    silent(
        "date-conflict",
        "one date of a related list after the article",
        dossier(_page_with_dates("14 May 2024", "3 March 2024", zone=Zone.TAIL)),
    ),
    silent(
        "date-conflict",
        "one instant in two zones across midnight",
        dossier(
            reading(
                *without("published"),
                says("published", **clock("2024-05-15T01:30", "+04:00")),
                outvoted(
                    "published", **clock("2024-05-14T21:30", "Z"), space=Space.HTML, path="jsonld $.datePublished"
                ),
            )
        ),
    ),
    silent(
        "date-conflict",
        "the same date, once to the month and once to the minute",
        dossier(
            reading(
                *WHOLE,
                outvoted(**meta("published", "2024-05", detail={"precision": "month"})),
                outvoted("published", **clock("2024-05-14T23:59", None), space=Space.HTML, path="meta[date]"),
            )
        ),
    ),
    silent(
        "date-conflict",
        "dates of a related list, a comment and a copyright line",
        dossier(
            reading(
                *WHOLE,
                says("published", "2025-01-09", shown=False, why="stands in a related list"),
                says("published", "2016", shown=False, why="too weak to show (weight 5 of 50)"),
            )
        ),
    ),
    fires(
        "date-conflict",
        "published after it was captured",
        dossier(reading(*without("published", says("published", "2025-12-05")))),
        "captured 329 days before",
        Severity.HIGH,
    ),
    fires(
        "date-conflict",
        "a file without a moment of capture, published after it came into the archive",
        dossier(
            reading(*without("published", says("published", "2025-12-05"))),
            captured_at=None,
            captures=(replace(event(1, Outcome.KEPT), captured_at=None),),
        ),
        "added to the archive",
        Severity.HIGH,
    ),
    silent(
        "date-conflict",
        "a file that nobody captured and no archive holds",
        dossier(reading(*without("published", says("published", "2025-12-05"))), captured_at=None),
    ),
    silent(
        "date-conflict",
        "the day after the capture, east of it",
        dossier(reading(*without("published", says("published", "2025-01-11")))),
    ),
    fires(
        "date-conflict",
        "changed before it was published",
        dossier(reading(*WHOLE, says("modified", "2024-05-01"))),
        "Last changed 2024-05-01",
        Severity.MEDIUM,
    ),
    silent("date-conflict", "changed after it was published", dossier(reading(*WHOLE, says("modified", "2024-06-01")))),
]
CHANGES = [
    fires(
        "date-moved",
        "ten days later, same text",
        dossier(reading(*WHOLE), reading(*without("published", says("published", "2024-05-24")))),
        "moved from 2024-05-14 to 2024-05-24 between version 1 and version 2 while the text stayed the same",
        Severity.CRITICAL,
    ),
    fires("date-moved", "gone", dossier(reading(*WHOLE), reading(*without("published"))), "disappeared", Severity.HIGH),
    fires(
        "date-moved",
        "one day",
        dossier(reading(*WHOLE), reading(*without("published", says("published", "2024-05-15")))),
        "2024-05-15",
        Severity.LOW,
    ),
    fires(
        "date-moved",
        "another date is shown, the earlier still stands on the page",
        dossier(
            reading(*WHOLE),
            reading(*without("published", says("published", "2024-05-24"), outvoted("published", "2024-05-14"))),
        ),
        "the earlier one still stands on the page (“2024-05-14”)",
        Severity.LOW,
    ),
    silent(
        "date-moved",
        "given more exactly",
        dossier(
            reading(*WHOLE), reading(*without("published", says("published", **clock("2024-05-14T17:42", "+02:00"))))
        ),
    ),
    silent("date-moved", "it came late", dossier(reading(*without("published")), reading(*WHOLE))),
    fires(
        "credit-removed",
        "the origin is gone",
        dossier(reading(*WHOLE, TRANSLATION), reading(*WHOLE)),
        "“Translated from suyolu.example” of version 1 is missing from version 2",
        Severity.CRITICAL,
    ),
    fires(
        "credit-removed",
        "the translator is gone",
        dossier(reading(*WHOLE, says("translator", "Jonas Riedel")), reading(*WHOLE)),
        "“Jonas Riedel”",
        Severity.CRITICAL,
    ),
    fires(
        "credit-removed",
        "its words still stand on the page",
        dossier(
            reading(*WHOLE, TRANSLATION),
            reading(*WHOLE, replace(TRANSLATION, shown=False, why="stands in a footer")),
        ),
        "but still stands on the page (“Translated from suyolu.example”)",
        Severity.LOW,
    ),
    fires(
        "credit-removed",
        "gone and back",
        dossier(reading(*WHOLE, TRANSLATION), reading(*WHOLE), reading(*WHOLE, TRANSLATION)),
        "stands again in version 3",
        Severity.INFO,
    ),
    fires(
        "credit-removed",
        "an unnamed origin is a credit too",
        dossier(reading(*WHOLE, origin("reprint", "", "Source: agencies")), reading(*WHOLE)),
        "“Source: agencies”",
    ),
    silent(
        "credit-removed",
        "spelt otherwise",
        dossier(
            reading(*WHOLE, TRANSLATION),
            reading(*WHOLE, origin("translation", "SU YOLU", "From Su Yolu", "suyolu.example")),
        ),
    ),
    silent("credit-removed", "it came late", dossier(reading(*WHOLE), reading(*WHOLE, TRANSLATION))),
    fires(
        "author-removed",
        "nobody signs any more",
        dossier(reading(*WHOLE), reading(*without("author"))),
        "“Odile Brandt” of version 1 is missing from version 2",
        Severity.HIGH,
    ),
    silent(
        "author-removed",
        "in capitals",
        dossier(reading(*WHOLE), reading(*without("author", says("author", "ODILE BRANDT")))),
    ),
    fires(
        "headline-changed",
        "softer",
        dossier(reading(says("title", "Bridge unsafe")), reading(says("title", "Bridge inspected"))),
        "“Bridge unsafe” became “Bridge inspected”",
        Severity.MEDIUM,
    ),
    silent(
        "headline-changed",
        "a soft hyphen and a space more",
        dossier(reading(says("title", "Bridge unsafe")), reading(says("title", "Bridge  un\u00adsafe"))),
    ),
    silent("headline-changed", "none before", dossier(reading(), reading(says("title", "Bridge unsafe")))),
    fires(
        "silent-change",
        "other words, no date of change",
        dossier(reading(*WHOLE), reading(*WHOLE, text=TEXT.replace("eleven", "seven"))),
        "no date of a change is given",
        Severity.LOW,
    ),
    fires(
        "silent-change",
        "other words, the old date of change",
        dossier(
            reading(*WHOLE, says("modified", "2024-05-15")),
            reading(*WHOLE, says("modified", "2024-05-15"), text=TEXT.replace("eleven", "seven")),
        ),
        "still 2024-05-15",
    ),
    silent(
        "silent-change",
        "the page dates its change",
        dossier(reading(*WHOLE), reading(*WHOLE, says("modified", "2024-05-16"), text=TEXT.replace("eleven", "seven"))),
    ),
    silent("silent-change", "white space", dossier(reading(*WHOLE), reading(*WHOLE, text=TEXT.replace(". ", ".\n")))),
]
WHENCE = [
    fires(
        "origin-not-held",
        "a to-do",
        dossier(reading(*WHOLE, TRANSLATION)),
        "By its own words a translation from “Su Yolu”: “Translated from suyolu.example”; the original is not held",
        Severity.MEDIUM,
    ),
    fires(
        "origin-not-held",
        "candidates are held",
        dossier(reading(*WHOLE, TRANSLATION), origins=(edge(TRANSLATION, possible=("k3j5",)),)),
        "could be the original: k3j5",
        Severity.LOW,
    ),
    fires(
        "origin-not-held",
        "no archive was asked",
        dossier(reading(*WHOLE, TRANSLATION), held_in=None),
        "no archive was asked",
        Severity.LOW,
    ),
    fires(
        "origin-not-held",
        "what is inferred is called so",
        dossier(reading(*WHOLE, origin("reprint", "The Quay", "The Quay", "quay.example", meant=Meant.INFERRED))),
        "inferred from “The Quay”",
    ),
    silent("origin-not-held", "held", dossier(reading(*WHOLE, TRANSLATION), origins=(edge(TRANSLATION, held="k3j5"),))),
    silent("origin-not-held", "a citation", dossier(reading(*WHOLE, says("citation", "KVP", "according to KVP")))),
    fires(
        "origin-unnamed",
        "agencies",
        dossier(reading(*WHOLE, origin("reprint", "", "Source: news agencies"))),
        "“Source: news agencies”",
    ),
    silent("origin-unnamed", "named", dossier(reading(*WHOLE, TRANSLATION))),
    silent(
        "origin-unnamed",
        "only its domain is known",
        dossier(reading(*WHOLE, origin("reprint", "", "Source", "quay.example"))),
    ),
    fires(
        "conflicting-origins",
        "two originals of one translation",
        dossier(reading(*WHOLE, TRANSLATION, origin("translation", "Hovit", "From Hovit", "hovit.example"))),
        "“Su Yolu” (“Translated from suyolu.example”) and “Hovit” (“From Hovit”)",
    ),
    silent(
        "conflicting-origins",
        "a chain of two kinds",
        dossier(reading(*WHOLE, TRANSLATION, origin("wire", "KVP", "(KVP)", "kvp.example"))),
    ),
    silent(
        "conflicting-origins",
        "one origin named twice",
        dossier(reading(*WHOLE, TRANSLATION, origin("translation", "suyolu.example", "Su Yolu", "suyolu.example"))),
    ),
    silent(
        "conflicting-origins",
        "two agencies",
        dossier(reading(*WHOLE, origin("wire", "KVP", "(KVP)"), origin("wire", "VNA", "(VNA)"))),
    ),
    fires(
        "undated-translation",
        "no date",
        dossier(reading(OUTLET, TRANSLATION)),
        "“Translated from suyolu.example”",
        Severity.MEDIUM,
    ),
    fires(
        "undated-translation",
        "a translator is enough",
        dossier(reading(OUTLET, says("translator", "Jonas Riedel", "Aus dem Englischen von Jonas Riedel"))),
        "Jonas Riedel",
    ),
    silent("undated-translation", "dated", dossier(reading(*WHOLE, TRANSLATION))),
    silent("undated-translation", "an undated reprint", dossier(reading(OUTLET, origin("reprint", "Hovit", "Hovit")))),
    fires(
        "declared-machine-translation",
        "declared, with the original's name",
        dossier(reading(*WHOLE, BY_MACHINE)),
        "“Translated by machine from suyolu.example”. The original: “Su Yolu”",
        Severity.LOW,
    ),
    fires(
        "declared-machine-translation",
        "declared, of a text that is not named",
        dossier(reading(*WHOLE, origin("translation", "", "Machine translation", detail={"machine": True}))),
        "“Machine translation”.",
    ),
    silent("declared-machine-translation", "a translation by people", dossier(reading(*WHOLE, TRANSLATION))),
    silent(
        "declared-machine-translation",
        "signs are no declaration",
        dossier(reading(*WHOLE, TRANSLATION, says("suspected_machine_translation", "yes", "the the"))),
    ),
    fires(
        "credit-without-link",
        "a bare credit on a web page",
        dossier(reading(*WHOLE, REPRINT, text=CREDIT_TEXT)),
        "without a hyperlink to “The Quay”",
        Severity.LOW,
    ),
    fires(
        "credit-without-link",
        "a link in the footer is no link of the article",
        dossier(
            reading(
                *WHOLE,
                REPRINT,
                text=CREDIT_TEXT + " Partners",
                blocks=linked(CREDIT_TEXT + " Partners", "Partners", "https://quay.example/", Zone.FOOTER),
            )
        ),
        "“Source: The Quay, quay.example”",
    ),
    silent(
        "credit-without-link",
        "the dateline of an agency",
        dossier(reading(*WHOLE, origin("wire", "KVP", "DORSK, May 14 (KVP) —"))),
    ),
    silent(
        "credit-without-link",
        "the credit is a link",
        dossier(
            reading(
                *WHOLE, REPRINT, text=CREDIT_TEXT, blocks=linked(CREDIT_TEXT, "quay.example", "https://quay.example/1")
            )
        ),
    ),
    silent(
        "credit-without-link",
        "the article links to the origin elsewhere",
        dossier(
            reading(
                *WHOLE,
                REPRINT,
                text=CREDIT_TEXT,
                blocks=linked(CREDIT_TEXT, "said the captain", "https://www.quay.example/1", Zone.BODY),
            )
        ),
    ),
    silent(
        "credit-without-link",
        "a text dump has lost its links",
        dossier(reading(*WHOLE, REPRINT, text=CREDIT_TEXT, page_space=Space.SOURCE)),
    ),
    fires(
        "licence-asks-link",
        "an obligation to whoever uses it",
        dossier(reading(*WHOLE, says("licence", "Use only with a hyperlink", detail={"requires": ("link",)}))),
        "“Use only with a hyperlink”",
        Severity.INFO,
    ),
    silent(
        "licence-asks-link",
        "the name is enough",
        dossier(reading(*WHOLE, says("licence", "Name the source", detail={"requires": ["credit"]}))),
    ),
    silent("licence-asks-link", "nothing known", dossier(reading(*WHOLE, says("licence", "All rights reserved")))),
]
WORDS = [
    fires(
        "suspected-machine-translation",
        "signs with their counts",
        dossier(
            reading(
                *WHOLE,
                says(
                    "suspected_machine_translation",
                    "3 kinds of signs",
                    meant=Meant.SUSPECTED,
                    detail={
                        "signs": [{"name": "capital after comma", "count": 7}, {"name": "glued words", "count": 3}]
                    },
                ),
            )
        ),
        "capital after comma (7) and glued words (3)",
        Severity.MEDIUM,
    ),
    silent(
        "suspected-machine-translation",
        "too few signs",
        dossier(reading(*WHOLE, says("suspected_machine_translation", "1 kind", shown=False, why="too weak to show"))),
    ),
    fires(
        "hidden-characters",
        "zero-width",
        dossier(
            reading(*WHOLE, says("hidden_characters", "zero width space (4)", "of\u200bfice", detail={"count": 4}))
        ),
        "zero width space (4)",
        Severity.MEDIUM,
    ),
    silent(
        "hidden-characters",
        "half-spaces of Persian spelling",
        dossier(reading(*WHOLE, text="هیئت\u200cهای کاروینیا نُه ساعت گفت\u200cوگو کردند " * 5)),
    ),
    fires(
        "language-disagrees",
        "a template in English around an Azerbaijani text",
        dossier(reading(*WHOLE, says("language", "az"), outvoted(**meta("language", "en-US", "html[lang]")))),
        "as en-US (html[lang]); its text is in az",
        Severity.INFO,
    ),
    silent(
        "language-disagrees",
        "a region more",
        dossier(reading(*WHOLE, says("language", "en"), outvoted(**meta("language", "en_GB", "html[lang]")))),
    ),
    silent(
        "language-disagrees",
        "two codes of one language",
        dossier(reading(*WHOLE, says("language", "nb"), outvoted(**meta("language", "no", "html[lang]")))),
    ),
    silent(
        "language-disagrees",
        "a second guess by the detector",
        dossier(reading(*WHOLE, says("language", "az"), outvoted("language", "tr"))),
    ),
    fires(
        "text-lost",
        "a page of words without an article",
        dossier(reading(*WHOLE, text="", page_text=TEXT)),
        "0 were read as the article",
    ),
    fires("text-lost", "lost letters", dossier(reading(*WHOLE, text=TEXT + "\ufffd\ufffd")), "2 letters"),
    fires(
        "text-lost",
        "text that readers do not see",
        dossier(reading(*WHOLE, notes=("90 of 300 characters of the clean text are in the page but not visible",))),
        "90 of 300 characters",
        Severity.LOW,
    ),
    fires(
        "text-lost",
        "text behind a comment that is never closed",
        dossier(reading(*WHOLE, notes=("900 characters of text stand in the source behind a comment: not shown",))),
        "900 characters",
        Severity.LOW,
    ),
    fires(
        "text-lost",
        "a page too large to be read to its end",
        dossier(reading(*WHOLE, notes=("its last 900 characters were not read",))),
        "last 900 characters",
        Severity.LOW,
    ),
    fires(
        "decoding-trouble",
        "a text that was decoded wrongly before it came here",
        dossier(reading(*WHOLE, notes=("the text looks double-encoded: UTF-8 that was read as cp1252 once",))),
        "looks double-encoded",
        Severity.LOW,
    ),
    silent(
        "decoding-trouble",
        "readings of characters that are no part of the text",
        dossier(reading(*WHOLE, notes=("3 readings of characters (ruby) left out of the text",))),
    ),
    silent(
        "text-lost",
        "readings of characters that are no part of the text",
        dossier(reading(*WHOLE, notes=("3 readings of characters (ruby) left out of the text",))),
    ),
    fires(
        "rule-broke-off",
        "a date that no reader gives",
        dossier(reading(*WHOLE, says("published_not_after", "the day before"))),
        "ValueError at timepoint.py",
        Severity.MEDIUM,
    ),
    silent("rule-broke-off", "a page that says everything", dossier(reading(*WHOLE))),
    silent(
        "decoding-trouble",
        "text that readers do not see is no matter of decoding",
        dossier(reading(*WHOLE, notes=("90 of 300 characters of the clean text are in the page but not visible",))),
    ),
    silent(
        "text-lost", "a guessed encoding", dossier(reading(*WHOLE, notes=("not UTF-8: encoding guessed as cp1251",)))
    ),
    silent(
        "text-lost",
        "a short item read whole",
        dossier(reading(*WHOLE, text="The ferry is back on its line from Monday.")),
    ),
    silent(
        "text-lost",
        "a script without spaces",
        dossier(reading(*WHOLE, text="渡し船は月曜日から再び運航を始めると港の事務所が火曜日に発表した。" * 2)),
    ),
    fires(
        "decoding-trouble",
        "a guessed encoding",
        dossier(reading(*WHOLE, encoding="cp1251", notes=("not UTF-8: encoding guessed as cp1251",))),
        "Read as cp1251; not UTF-8: encoding guessed as cp1251.",
        Severity.LOW,
    ),
    silent("decoding-trouble", "windows-1251 as declared", dossier(reading(*WHOLE, encoding="cp1251"))),
    fires(
        "soft-404-like",
        "in Azerbaijani",
        dossier(reading(says("title", "Səhifə tapılmadı - Su Yolu"), text="Axtardığınız səhifə silinib.")),
        "“Səhifə tapılmadı - Su Yolu”",
        Severity.MEDIUM,
    ),
    fires(
        "soft-404-like",
        "without a headline, from the first line",
        dossier(reading(text="Страница не найдена\nВернуться на главную")),
        "“Страница не найдена”",
    ),
    silent(
        "soft-404-like",
        "something else has been removed, in a live article",
        dossier(
            reading(says("title", "The checkpoint has been removed"), text="Page not found, says the clerk. " + TEXT)
        ),
    ),
    silent(
        "soft-404-like",
        "a whole article under such a headline",
        dossier(reading(says("title", "Page not found: a novel about an archive"))),
    ),
    fires(
        "consent-wall-like",
        "in German",
        dossier(reading(says("title", "Weiter mit Werbung oder mit dem Pur-Abo lesen"), text="Bereits Kunde?")),
        "“Weiter mit Werbung",
    ),
    silent(
        "consent-wall-like",
        "an article with a cookie banner",
        dossier(reading(*WHOLE, page_text="Before you continue\n" + TEXT)),
    ),
]
LIFE = [
    fires(
        "capture-failed-last",
        "gone",
        dossier(
            reading(*WHOLE),
            captures=(
                event(1, Outcome.KEPT),
                event(2, Outcome.TIMEOUT),
                event(3, Outcome.SOFT_404, "says: Səhifə tapılmadı"),
            ),
        ),
        "2025-01-03T12:00:00Z, gave soft 404 (says: Səhifə tapılmadı); the last good copy is of 2025-01-01T12:00:00Z. "
        "2 attempts failed in a row.",
        Severity.MEDIUM,
    ),
    fires(
        "capture-failed-last",
        "out of reach",
        dossier(reading(*WHOLE), captures=(event(1, Outcome.KEPT), event(2, Outcome.DNS))),
        "gave dns",
        Severity.LOW,
    ),
    silent(
        "capture-failed-last",
        "it came back",
        dossier(
            reading(*WHOLE),
            captures=(event(1, Outcome.KEPT), event(2, Outcome.NOT_FOUND), event(3, Outcome.UNCHANGED)),
        ),
    ),
    silent(
        "capture-failed-last",
        "not modified is no failure",
        dossier(reading(*WHOLE), captures=(event(1, Outcome.KEPT), event(2, Outcome.NOT_MODIFIED))),
    ),
    silent("capture-failed-last", "no archive", dossier(reading(*WHOLE))),
    fires(
        "quote-not-in-place",
        "one letter off",
        dossier(reading(*WHOLE, says("dek", "The ferry", "The ferry", start=1, end=10))),
        "1 quote of version 1 not in place, the first “The ferry” at 1 to 10",
        Severity.CRITICAL,
    ),
    fires(
        "quote-not-in-place",
        "beyond the end of the clean text, in an older version",
        dossier(
            reading(says("dek", "The ferry", start=9999, end=10008, space=Space.TEXT)),
            reading(*WHOLE),
        ),
        "version 1",
    ),
    silent("quote-not-in-place", "in place", dossier(reading(*WHOLE, says("dek", "The ferry", start=0, end=9)))),
    silent(
        "quote-not-in-place",
        "metadata has a path, not a place",
        dossier(reading(*WHOLE, says(**meta("published", "2024-05-14", quote="2024-05-14T00:00:00Z")))),
    ),
]


def _judgement(number: int, decision: Decision, who: str = "A. Reader", **about: Any) -> Judgement:
    said = {"property": "published", **about}
    return Judgement(number, f"j{number}", "article", 1, decision, who, "the print edition", MOMENT, **said)


def _judged(*judgements: Judgement, now: str = "2024-05-14") -> Dossier:
    """A page that the rules read as of ``now``, shown as people decided."""
    read = reading(*without("published", says("published", now)))
    return dossier(judged.apply(read, 1, judgements), judgements=judgements, read=read)


SET = _judgement(1, Decision.SET, value="2024-05-13", read=("2024-05-14",))
DISAGREE = _judgement(2, Decision.DISAGREE, "B. Editor", about="j1")
JUDGED = [
    fires(
        "judgement-contested",
        "the rules read a third day",
        _judged(SET, now="2024-05-12"),
        "they read “2024-05-12”",
    ),
    fires(
        "judgement-contested",
        "what was rejected is not read any more",
        _judged(_judgement(1, Decision.REJECT, value="2024-05-14", read=("2024-05-14",)), now="2024-06-01"),
        "when the rules read “2024-05-14”; now they read “2024-06-01”",
    ),
    silent("judgement-contested", "the rules read what they read then", _judged(SET)),
    silent("judgement-contested", "the rules came to what the person said", _judged(SET, now="2024-05-13")),
    silent(
        "judgement-contested",
        "a judgement that was withdrawn",
        _judged(SET, _judgement(2, Decision.WITHDRAW, about="j1"), now="2024-05-12"),
    ),
    fires("judgement-disputed", "somebody disagrees", _judged(SET, DISAGREE), "B. Editor does not", Severity.HIGH),
    silent("judgement-disputed", "somebody agrees", _judged(SET, replace(DISAGREE, decision=Decision.AGREE))),
    silent(
        "judgement-disputed",
        "the judgement was withdrawn",
        _judged(SET, DISAGREE, _judgement(3, Decision.WITHDRAW, about="j1")),
    ),
]
CASES = [*WHO, *WHEN, *CHANGES, *WHENCE, *WORDS, *LIFE, *JUDGED]
SEEN_BY_VERIFY = {"snapshot-altered", "snapshot-missing", "database-altered"}


def _of(rule: str, given: Dossier) -> list[Finding]:
    return [finding for finding in audit(given) if finding.rule == rule]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.about}")
def test_a_rule_sees_what_it_promises_and_nothing_near_it(case: Case) -> None:
    """One finding with the value in it where there is something, none where there is not."""
    found = _of(case.rule, case.dossier)
    if case.says is None:
        assert found == []
        return
    assert len(found) == 1, found
    assert case.says in found[0].message
    assert case.severity in {None, found[0].severity}


def test_every_rule_has_a_case_that_fires_and_one_that_does_not() -> None:
    """A rule without its near miss is not finished."""
    names = {rule.name for rule in RULES} - SEEN_BY_VERIFY
    assert {case.rule for case in CASES if case.says is not None} == names
    assert {case.rule for case in CASES if case.says is None} == names


def test_a_page_that_says_everything_has_no_finding() -> None:
    """No noise: an auditor who always speaks is not listened to."""
    assert audit(dossier(reading(*WHOLE))) == ()


def test_findings_rest_on_statements_of_the_dossier() -> None:
    """Every id a finding names is a statement of one of its versions."""
    for case in CASES:
        known = {s.id for version in case.dossier.versions for s in version.reading.statements}
        for finding in audit(case.dossier):
            assert set(finding.statements) <= known


def test_a_finding_is_never_graver_than_its_rule_and_says_what_to_do() -> None:
    """docs/rules.md tells the gravest a rule may report."""
    gravest = {rule.name: rule.severity for rule in RULES}
    for case in CASES:
        for finding in audit(case.dossier):
            assert finding.severity.rank <= gravest[finding.rule].rank
            assert finding.advice


def test_findings_come_gravest_first() -> None:
    """A reader who stops early has read what matters most."""
    given = dossier(reading(*WHOLE, TRANSLATION), reading(OUTLET, says("title", "Other")))
    ranks = [finding.severity.rank for finding in audit(given)]
    assert len(ranks) > 3
    assert ranks == sorted(ranks, reverse=True)


def test_every_origin_kind_has_its_words() -> None:
    """No kind of origin is left out of the sentences."""
    for kind in OriginKind:
        found = _of("origin-not-held", dossier(reading(*WHOLE, origin(kind, "The Quay", "The Quay"))))
        assert len(found) == 1
