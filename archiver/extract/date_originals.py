"""Days that a line gives to something else than this page: the original elsewhere, a recording, a stretch of days.

A credit names the outlet a text was taken from and often the day it appeared there; labels such as "Recorded" or
"Saved on" date a film or a copy. Either would be a day of publication that nobody stated for this page.
"""

import re
from collections import deque

__all__ = ["is_stretch", "names_something_else", "of_original"]

_ROOM = 160  # letters before a date in which its credit stands
_BEHIND = 60
_NAME = r"(?:(?:the|la|le|el|der|die|das|dem|den|il|lo|o|a|l['’])\s?)?[«\"“„‘']?(?-i:[A-ZÀ-ÞА-ЯЁІЇЄҐԱ-Ֆ])"
_PLACE = (
    r"(?:in|by|on|at|im|bei|auf|von|dans|sur|par|chez|en|por|em|no|na|su|da|nel|nella|в|во|на|у|w|przez|door|av|af|i)"
)
_TONGUES = (
    r"(?:the\s)?(?:original\s)?(?:english|german|french|spanish|russian|arabic|chinese|japanese|korean|turkish|persian|"
    r"italian|portuguese|polish|dutch|ukrainian|armenian|georgian|azerbaijani|hebrew|greek|"
    r"[^\W\d_]{3,14}(?:ischen|sischen))\b"
)
# "Translated from Rivers Post, 5 May 2024": of another outlet, not of another language.
_TAKEN = re.compile(
    r"(?<!\w)(?:(?:translat|reprint|republish|adapt|reproduc)ed from|(?:über|ueber)(?:setzt|nommen) (?:aus|von)|"
    r"nachdruck aus|(?:traduit|repris)e? (?:de|du|d['’])|"
    r"(?:traducido|tomado|reproducido) de|(?:traduzido|reproduzido) d[eao]|"
    r"(?:tradotto|ripreso) da|(?:переведено|перепечатано|перепечатка|взято) из|"
    r"(?:перекладено|передруковано|передрук) з|"
    r"(?:przetłumaczono|przedruk) z|(?:vertaald|overgenomen) uit)"
    rf"\s{{1,2}}(?!{_TONGUES}){_NAME}",
    re.I,
)
_FIRST = (
    r"(?:(?:first|originally)\s(?:published|appeared|posted|ran|printed|aired)|(?:published|appeared)\s(?:first|originally)|"
    r"zuerst\s(?:erschienen|veröffentlicht)|ursprünglich\s(?:erschienen|veröffentlicht)|initialement\spublié|"
    r"publié(?:e)?\s(?:initialement|pour la première fois)|publicad[oa]\soriginalmente|originalmente\spublicad[oa]|"
    r"pubblicato\soriginariamente|originariamente\spubblicato|впервые\sопубликован[оа]?|вперше\sопублікован[оа]?|"
    r"pierwotnie\sopublikowan[oey]|oorspronkelijk\s(?:verschenen|gepubliceerd))"
)
_FIRST_AT = re.compile(rf"(?<!\w){_FIRST}", re.I)
_FIRST_ELSEWHERE = re.compile(rf"(?<!\w){_FIRST}\s{{1,2}}{_PLACE}\s{{1,2}}{_NAME}", re.I)
_OUTLET_BEHIND = re.compile(rf"\s{{0,2}},?\s{{0,2}}{_PLACE}\s{{1,2}}{_NAME}", re.I)
_THE_ORIGINAL = re.compile(
    r"(?<!\w)(?:"
    r"(?:the\s)?original\s(?:[^\W\d_]{2,20}\s){1,3}(?:was\s(?:first\s)?(?:published|posted|printed)|appeared|ran)|"
    r"original\s?:\s{0,2}(?-i:[A-ZÀ-ÞА-ЯЁ])[^\d:|.]{2,60}|оригинал\s?:\s{0,2}[^\W\d_][^\d:|.]{2,60})",
    re.I,
)
_ORIGINAL_LABEL = re.compile(r"(?<!\w)(?:original|оригинал|оригінал|originale|oryginał|orijinal)\s?:\s?$", re.I)
_TRANSLATION = re.compile(
    r"(?<!\w)(?:translat|übersetz|tradu[czit]|traduc|tradu[zç]|перевод|переклад|tłumacz|vertaling|çeviri|tərcümə)", re.I
)
_PARTED = re.compile(r"[.!?。]\s|[|•·]")
_TRANSLATOR = re.compile(r"(?<!\w)(?:by|von|par|por|da|door)\s", re.I)

# Directly before a date: what was done that day was not the publication of a text.
_ACTS = (
    r"saved|recorded|taped|filmed|shared|accessed|retrieved|downloaded|printed|scanned|"
    r"comments?\s(?:are\s)?closed|joined|member since|"
    r"photo(?:graph)?\staken|as of|photo\s?:|photograph\s?:|picture\s?:|image\s?:|foto\s?:|bild\s?:|"
    r"fotograf\s?:|фото\s?:|"
    r"gespeichert|aufgenommen|aufgezeichnet|heruntergeladen|geteilt|kommentare geschlossen|"
    r"enregistré|téléchargé|partagé|commentaires fermés|guardado|grabado|descargado|compartido|comentarios cerrados|"
    r"gravado|compartilhado|registrato|salvato|condiviso|opgenomen|opgeslagen|nagrano|zapisano|udostępniono|"
    r"сохранено|записано|скачано|комментарии закрыты|збережено|записано|çekildi|kaydedildi|"
    r"next\s[^\W\d_]{3,20}|nächste\s[^\W\d_]{3,20}|prochaine?\s[^\W\d_]{3,20}|próxim[oa]\s[^\W\d_]{3,20}|"
    r"следующ[а-я]{2,3}\s[^\W\d_]{3,20}|applications close|"
    r"forwarded(?:\sby\s[^\d|.,;:]{2,40})?|weitergeleitet|transféré|reenviado|переслано|"
    # The end or the start of a stretch of days: "(until 31 December 2020)".
    r"until|till|through|since|starting|as from|valid from|bis(?:\szum)?|ab(?:\sdem)?|seit(?:\sdem)?|jusqu['’]au|"
    r"à partir du|depuis le|hasta el|a partir del?|desde el|até|desde|fino al|a partire dal|tot(?: en met)?|vanaf|"
    r"do dnia|od dnia|до|с|по|від|з"
)
_ACT = re.compile(
    rf"(?<!\w)(?:{_ACTS})\s?:?\s{{0,2}}(?:(?:on|am|le|el|em|il|op|dnia|at|the)\s)?\s{{0,2}}$",
    re.I,
)
_ACT_ROOM = 70
_TO = re.compile(
    r"\s{0,2}(?:[-–—]|to|until|till|bis|au|al|hasta|até|до|по|do|t/m|tot)\s{1,2}|\s{1,2}[-–—]\s{0,2}", re.I
)


def of_original(line: str, start: int, end: int, role: str | None) -> bool:
    """True when ``line`` gives its date at ``start`` to ``end`` to the text's appearance in another outlet.

    ``role`` is what the label beside the date says; "Translated from X. Published 5 May" dates the translation.
    """
    before = line[max(0, start - _ROOM) : start]
    first = _last(_FIRST_AT, before)
    taken = _last(_TAKEN, before)
    if taken and first and taken.start() < first.start():
        return True
    if (elsewhere := _last(_FIRST_ELSEWHERE, before)) and _holds(before, elsewhere):
        return True
    if first and _holds(before, first) and _OUTLET_BEHIND.match(line, end, end + _BEHIND):
        return True
    if _ORIGINAL_LABEL.search(before):
        return _TRANSLATION.search(line[: start + _ROOM]) is not None
    original = _last(_THE_ORIGINAL, before)
    if original and _holds(before, original):
        return True
    if role == "published" or taken is None or not _holds(before, taken):
        return False
    return _TRANSLATOR.search(before, taken.end()) is None


def names_something_else(line: str, start: int) -> bool:
    """True when the words right before a date at ``start`` name what is no publication: "Recorded", "Next update:"."""
    return _ACT.search(line[max(0, start - _ACT_ROOM) : start]) is not None


def is_stretch(between: str) -> bool:
    """True when the words ``between`` two dates make them a stretch of days: "12 May 2024 – 15 May 2024"."""
    return _TO.fullmatch(between) is not None


def _last(pattern: re.Pattern[str], before: str) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(before), maxlen=1)), None)


def _holds(before: str, credit: re.Match[str]) -> bool:
    """True when no full stop or bar parts the credit from the date behind ``before``."""
    return _PARTED.search(before, credit.end()) is None
