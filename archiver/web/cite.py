"""One article as a citation: a sentence, CSL-JSON, BibTeX and RIS, each naming the archived copy and its digest.

CSL-JSON has no field for an archived copy (citation-style-language/schema#387): ``archive`` and
``archive_location`` hold it, ``URL`` stays the original's. What is not known is left out, never filled in.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from archiver.model import Dossier, Grade, Version
from archiver.timepoint import utc_text
from archiver.web.highlight import plain
from archiver.web.links import outward
from archiver.web.words import date_words, language_tag

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Cited:
    """What can be cited of one version; ``accessed`` is when it was captured, or None when nobody can say."""

    id: str
    version: int
    title: str | None
    authors: tuple[str, ...]
    translators: tuple[str, ...]
    outlet: str | None
    published: str | None
    url: str | None
    language: str | None
    accessed: str | None
    sha256: str

    @property
    def location(self) -> str:
        """Where the copy lies: article, version and the digest of the captured bytes."""
        return f"article {self.id}, version {self.version}, sha256 {self.sha256}"


def cited(dossier: Dossier, version: Version) -> Cited:
    """What of ``version`` can be cited."""
    reading = version.reading
    event = next((e for e in dossier.captures if e.number == version.first_capture), None)

    def first(name: str) -> str | None:
        found = reading.shown(name)
        return plain(found[0].value) if found else None

    def every(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(plain(s.value) for s in reading.shown(name)))

    moment = event.captured_at if event and event.grade is not Grade.PASTE else None
    return Cited(
        id=dossier.id,
        version=version.number,
        title=first("title"),
        authors=every("author"),
        translators=every("translator"),
        outlet=first("outlet"),
        published=first("published"),
        url=outward(dossier.url),
        language=language_tag(first("language")),
        accessed=utc_text(moment) if moment else None,
        sha256=reading.sha256,
    )


def sentence(c: Cited) -> str:
    """A reference to copy into a text."""
    parts = [
        ", ".join(c.authors),
        f"“{c.title}”" if c.title else "[no headline]",
        f"translated by {', '.join(c.translators)}" if c.translators else "",
        c.outlet or "[outlet not stated]",
        date_words(c.published[:10]) if c.published else "[no date stated]",
        c.url or "",
    ]
    held = f"Archived copy {c.id}, version {c.version}"
    when = f", captured {date_words(c.accessed[:10])}" if c.accessed else ""
    return f"{', '.join(part for part in parts if part)}. {held}{when}, sha256 {c.sha256}."


def csl(c: Cited) -> dict[str, Any]:
    """CSL-JSON 1.0.2, one item."""
    item: dict[str, Any] = {
        "id": c.id,
        "type": "article-newspaper",
        "title": c.title,
        "author": [{"literal": name} for name in c.authors],
        "translator": [{"literal": name} for name in c.translators],
        "container-title": c.outlet,
        "issued": _parts(c.published),
        "accessed": _parts(c.accessed),
        "URL": c.url,
        "language": c.language,
        "archive": "archiver",
        "archive_location": c.location,
    }
    return {key: value for key, value in item.items() if value}


def csl_json(c: Cited) -> str:
    """CSL-JSON as text: a list of one item, as reference managers import it."""
    return json.dumps([csl(c)], ensure_ascii=False, indent=2)


def bibtex(c: Cited) -> str:
    """A BibTeX ``@online`` entry (biblatex)."""
    fields = {
        "author": " and ".join("{" + _tex(name) + "}" for name in c.authors),
        "title": "{" + _tex(c.title) + "}" if c.title else "",
        "translator": " and ".join("{" + _tex(name) + "}" for name in c.translators),
        "organization": _tex(c.outlet or ""),
        "date": (c.published or "")[:10],
        "url": c.url or "",
        "urldate": (c.accessed or "")[:10],
        "langid": c.language or "",
        "note": _tex(f"Archived copy: {c.location}"),
    }
    inside = "".join(f",\n  {key} = {{{value}}}" for key, value in fields.items() if value)
    return f"@online{{{c.id}{inside}\n}}\n"


def ris(c: Cited) -> str:
    """A RIS record of type NEWS, lines ended by CR LF as the format asks."""
    rows = [("TY", "NEWS"), ("ID", c.id), ("TI", c.title or "")]
    rows += [("AU", name) for name in c.authors] + [("A4", name) for name in c.translators]
    rows += [("T2", c.outlet or ""), ("DA", (c.published or "")[:10].replace("-", "/"))]
    rows += [("UR", c.url or ""), ("Y2", (c.accessed or "")[:10].replace("-", "/")), ("LA", c.language or "")]
    rows += [("AV", f"Archived copy: {c.location}")]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in rows if value) + "ER  - \r\n"


def _parts(moment: str | None) -> dict[str, Any] | None:
    match = _DAY.match(moment or "")
    return {"date-parts": [[int(part) for part in match.groups() if part]]} if match else None


def _tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in text)
