"""What stands beside a name and says that its bearer did not write: a translator, a photographer, a house, a program.

"Karl Voss (Übersetzung)" and "translated from the Ilsen Post by Karl Voss" name a translator; "Karl Voss (photos)" took
the pictures; "Karl Voss Foundation" is no person; "— Karl Voss (@kvoss)" signs a message that the text shows.
"""

import re
from collections.abc import Iterator

from archiver.attribution.byline_judged import Name
from archiver.attribution.byline_labels import LONGEST, is_machine, line_begin
from archiver.attribution.byline_names import fold, lexicon, names_at
from archiver.attribution.languages import code_of
from archiver.model import Block, Page, Zone

_BETWEEN = r"(?P<{}>(?:[^\n.;:!?|]|\.(?=\w)){{0,80}}?)"
_TRANSLATED = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(
        rf"(?:{verb}){_BETWEEN.format(f'between{number}')}\s(?:{preposition})"
        for number, (verb, preposition) in enumerate(
            (
                ("translat(?:ed|ion)", "by"),
                ("übersetz(?:t|ung)|übertragen", "von"),
                ("traduite?s?|traduction", "par"),
                ("traducid[oa]|traducción|traduzid[oa]|tradução|traduït", "por|per"),
                ("tradott[oa]|traduzione", "da|a cura di"),
                ("vertaald|vertaling", "door"),
                ("översatt|oversatt", "av"),
                ("oversat", "af"),
                ("перев[её]л[аи]?", r"со?\s[^\W\d_]{4,20}(?:\sязыка)?"),
                ("переклала|переклав|переклали", r"з\s[^\W\d_]{4,20}(?:\sмови)?"),
            )
        )
    )
    + r")\s{1,3}",
    re.I,
)
_MOST_BETWEEN = 8
_ALLOWED = frozenset({"permission", "language", "original", "autorisation", "permiso", "permissão", "permesso"})
_WORKS = frozenset(
    {"artikel", "beitrag", "text", "buch", "interview", "bericht", "roman", "gedicht", "article", "story"}
)
# How a paragraph begins that is about the article itself.
_CREDIT = re.compile(
    r"[(\[]?(?:translat|übersetz|tradu|tradott|vertaa?l|översatt|oversat|originally|first published|ursprünglich"
    r"|th(?:is|e) (?:original |above )?(?:story|article|text|interview|piece|post|report)"
    r"|dieser (?:text|artikel|beitrag)|dieses interview|cet article|ce texte"
    r"|est[ea] (?:artículo|texto|artigo|entrevista)|quest[oa] (?:articolo|testo)"
    r"|dit artikel|denna artikel|denne artikkel(?:en)?|artiklen)",
    re.I,
)
_IN_BRACKETS = re.compile(r"[ \u00a0]{0,2}[(\[]\s?([^()\[\]\n]{2,40}?)\s?[)\]]")
_HANDLE = re.compile(r"[ \u00a0]{0,2}\(@\w")
_DASH = re.compile(r"[—–-]\s?$")
_HOUSE = (
    r"(?:foundation|association|institute|university|society|company|corporation|corp|limited|ltd|inc|llc|plc|gmbh"
    r"|ministry|trust|agency|committee|council|union|federation|alliance|stiftung|verein|verband|gesellschaft|fondation"
    r"|institut|société|fundación|asociación|instituto|fundação|associação|fondazione|associazione|istituto|fundacja"
    r"|stowarzyszenie|stichting|vereniging|фонд|институт|университет|ассоциация|общество|фундація|інститут|vakfı|derneği"
    r"|enstitüsü|üniversitesi|şirketi|ltd\. şti|fondu|cəmiyyəti|institutu|universiteti|mmc|assosiasiyası)"
)
_HOUSE_BEHIND = re.compile(rf"[ \u00a0]{{1,2}}{_HOUSE}(?![\w-])(?!\s(?:of|for|für|de|di)\s)", re.I)
_HOUSE_LAST = re.compile(rf"\s(?:{_HOUSE}|kg|ооо|оао|зао|тоо|тов)\.?$", re.I)
_HOUSE_FIRST = re.compile(
    r"(?:фонд|институт|ассоциация|общество|ооо|зао|fundación|fundação|fondation|fondazione|stiftung|stichting"
    r"|asociación|associação|associazione)\s",
    re.I,
)
# Deeds that pass an article on.
_DID = re.compile(
    r"(?<![^\W_])(?:reposted|retweeted|re-?shared|re-?published|sent|saved|recommended|transcribed|printed|liked|pinned"
    r"|bookmarked|moderated)\sby\s$",
    re.I,
)
_SITE_BEHIND = re.compile(
    r"[»”\"]?[ \u00a0]{1,2}(?:web-?)?(?:sayt|сайт|site|portal|портал|qəzet|gazete|газет|журнал|jurnal|dergi|agentl"
    r"|ajans|агент|nəşr|издани|видани|կայք|საიტ)",
)
_BEFORE_SITE = re.compile(
    r"(?:сайта|сайту|портала|газеты|журнала|издания|агентства|the (?:web)?site|der website) [«“\"]?$", re.I
)
_BY = "byline/preposition@1"
_TOOLS = frozenset(
    {
        "assistant",
        "assistent",
        "asistent",
        "assistente",
        "asistente",
        "asistanı",
        "asistan",
        "köməkçisi",
        "bot",
        "agent",
    }
    | {"writer", "generator", "tool", "model", "ассистент", "помощник", "автор", "редактор", "асистент", "reporter"}
)
_PROGRAM_MARKS = frozenset({"AI", "KI", "IA", "ИИ", "ШІ", "Sİ", "YZ", "A.I."})


def translators_in(page: Page, block: Block) -> Iterator[Name]:
    """The translators that a line names with words between: "translated from the German by Ann Lee".

    A paragraph of the text is read only where it begins as a note about the article does.
    """
    if block.end - block.start > LONGEST:
        return
    text = page.text
    if block.zone is Zone.BODY and not _CREDIT.match(text, line_begin(text, block), block.end):
        return
    for found in _TRANSLATED.finditer(text, block.start, block.end):
        between = next((group for group in found.groups() if group is not None), "")
        if not _is_source(between):
            continue
        for start, end in names_at(text, found.end(), block.end, promised=True):
            if not code_of(text[start:end].split()[-1]) and not is_machine(text[start:end]):
                yield Name("translator", start, end, "byline/translator@1", 88)


def _is_source(between: str) -> bool:
    """True for nothing, a language, a house or an address; not for "from an article", whose author follows."""
    words = between.split()
    if len(words) > _MOST_BETWEEN:
        return False
    if not words:
        return True
    last = words[-1].strip(",()[]“”\"'«»")
    if not last or fold(last) in _WORKS:
        return False
    named = last[0].isupper() or "." in last or words[-1].endswith(")")
    return named or fold(last) in _ALLOWED or code_of(last.rpartition("'")[2].rpartition("’")[2]) is not None


def judged_beside(page: Page, names: list[Name]) -> list[Name]:
    """``names`` without those that are no people or signed something else; each under what it did."""
    translators = {name.start for name in names if name.property == "translator"}
    return [
        judged
        for name in names
        if name.property != "author" or name.start not in translators
        if (judged := _judged(page, name)) is not None
    ]


def _judged(page: Page, name: Name) -> Name | None:
    text, quote = page.text, page.text[name.start : name.end]
    if name.property == "photo_credit":
        return name
    if _HOUSE_BEHIND.match(text, name.end) or (
        " " in quote and (_HOUSE_LAST.search(quote) or _HOUSE_FIRST.match(quote))
    ):
        return None  # "Karl Voss Foundation"
    if _is_program(quote):
        return None
    if name.property == "translator":
        site = _SITE_BEHIND.match(text, name.end) or _BEFORE_SITE.search(text[max(0, name.start - 30) : name.start])
        return None if site else name
    if name.rule == _BY and _DID.search(text[max(0, name.start - 24) : name.start]):
        return None  # "Reposted by Karl Voss"
    if _HANDLE.match(text, name.end) and _DASH.search(text[max(0, name.start - 3) : name.start]):
        return None  # whoever wrote the message that the article shows
    kind = _kind_in_brackets(text, name.end)
    if kind == "translator":
        return Name("translator", name.start, name.end, "byline/translator@1", 80)
    if kind == "photo":
        return Name("photo_credit", name.start, name.end, "byline/photo@1", 70)
    return None if kind == "other" else name


def _kind_in_brackets(text: str, at: int) -> str | None:
    """The kind of the label that stands in brackets at ``at``: "(Übersetzung)"."""
    found = _IN_BRACKETS.match(text, at)
    if found is None or found.group(1) == "Bild":  # the newspaper sooner than a picture
        return None
    label = fold(found.group(1))
    phrases, kinds = lexicon().labels.get(label[:2], ((), ()))
    return next((kind for phrase, kind in zip(phrases, kinds, strict=True) if phrase == label), None)


def _is_program(name: str) -> bool:
    """True for "AI Assistant", not for "Ai Nakata"."""
    words = name.split()
    return any(word in _PROGRAM_MARKS for word in words) and any(fold(word) in _TOOLS for word in words)
