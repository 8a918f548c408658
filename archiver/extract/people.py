"""A list of authors as software writes it becomes names of people, and what is none is told apart.

Splits lists in many languages, turns "Last, First" round, takes off prefixes ("By"), roles and degrees. What is
a posting account ("admin"), an address or a sentence is never a person.
"""

import re
import unicodedata
from dataclasses import dataclass

_LONGEST_NAME = 80
_LONGEST_LIST = 600
_MOST_WORDS = 7
_PREFIX = re.compile(
    r"^(?:(?:(?:view |show |see |read )?(?:all |more )?(?:posts|articles|stories) (?:by|of|from)(?:\s{0,3}:|\s))"
    r"|(?:(?:weitere |alle )?(?:artikel|beiträge) von|(?:tous les |autres )?articles de|más artículos de)\s"
    r"|(?:written |posted |published |reported |reviewed |story |words |text )?by(?:\s{0,3}:|\s)|more about\s"
    r"|(?:von|par|por|di|door|av|af|od|de|przez|autor(?:in|es|a|ka)?|auteurs?|autore|authors?|автор(?:ы|и)?|текст|texte?|texto|testo|tekst|words"
    r"|yazan|yazar|haber|müəllif|müəllifi|հեղինակ|ავტორი|συντάκτης|作者|記者|记者|文|撰文|取材)\s{0,3}[:：]"
    r"|(?:von|par|por|door|av|af|od|przez)\s)\s{0,5}",
    re.I,
)
_JOINTS = re.compile(
    r"\s{0,3}(?:[;|\n•·、，]|\s/\s|\s&\s|\s(?:and|with|und|et|och|og|oraz|ja|и|та|й|ve|və|և|და|και|și)\s"
    r")\s{0,3}",
    re.I,
)
# "y", "e", "en", "i" join names only before a capital; re.I would undo that, so they are checked apart.
_SMALL_JOINTS = re.compile(r"\s(?:y|e|en|i)\s(?=[A-ZÀ-ÞĀ-Ž])")
_ADDRESS = re.compile(r"\bon (?:facebook|twitter|instagram)$|https?:|www\.|\.(?:com|org|net|html?)(?:\b|/)|^/|^@", re.I)
_MAIL = re.compile(r"[<(\[]?\s?[\w.+%-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}\s?[>)\]]?")
_BRACKETS = re.compile(r"\s?[(\[<{][^)\]>}]{0,80}[)\]>}]")
_DEGREE = re.compile(
    r"^(?:ph\.? ?d\.?|m\.?d\.?|m\.?sc?\.?|b\.?sc?\.?|m\.?a\.?|b\.?a\.?|mba|rdn?|ldn?|cpa|cfa|cfp|rn|jr\.?|sr\.?"
    r"|ii|iii|iv|esq\.?|j\.?d\.?|pharm\.?d\.?|cscs|mph|facs|faap|d\.?o\.?|dds|dvm|ed\.?d\.?|ms|np|pa-c|lcsw|msw|mpa)$",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:editor|writer|director|reporter|manager|founder|ceo|contributor|specialist|coach|professor|correspondent"
    r"|analyst|consultant|president|officer|researcher|journalist|author|producer|columnist|intern|photographer|expert"
    r"|redakteur(?:in)?|redaktor|korrespondent(?:in)?|periodista|journaliste|redattore|корреспондент|редактор|журналист)\b"
    r"|\d\+? years",
    re.I,
)
_ACCOUNTS = (
    "admin", "administrator", "editor", "editors", "editorial", "editorial team", "editorial staff", "editorial board",
    "editorial desk", "staff", "staff writer", "staff writers", "staff reporter", "news desk", "newsdesk", "web desk",
    "webdesk", "newsroom", "webmaster", "guest", "guest author", "guest contributor", "user", "root", "author",
    "authors", "team", "redaktion", "die redaktion", "redaction", "rédaction", "la rédaction", "redacción", "redaccion",
    "redazione", "la redazione", "redakcja", "redakce", "redaksjonen", "redaktionen", "редакция", "редакція",
    "редактор", "администратор", "redaksiya", "redaktor", "haber merkezi", "editör", "խմբագրություն", "რედაქცია",
    "wp admin", "wpadmin", "super user", "superuser", "anonymous", "test", "news", "contributor", "contributors",
    "press release", "written by", "posted by", "by", "log in", "login",
    "share", "read more", "publisher", "red", "redaktori", "redaktör", "redactor", "redactora", "multiple sources",
    "wire reports", "wire services", "agencies", "agencias", "editor-in-chief", "web team", "site admin", "moderator",
    "owner", "manager", "editor in chief", "chief editor", "главный редактор", "головний редактор", "chefredaktion",
    "baş redaktor", "genel yayın yönetmeni", "rédacteur en chef", "redactor jefe", "redakcja naczelna",
)  # fmt: skip
# What software writes where nobody filled in a name, and what the software itself is called: nobody at all.
_NOTHING = frozenset(
    {
        "null", "none", "nil", "nan", "undefined", "unknown", "unknown author", "n/a", "na", "not available", "not set",
        "no author", "author name", "your name", "test user", "testuser", "demo user", "default", "default author",
        "default user", "first last", "firstname lastname", "lorem ipsum", "unbekannt", "unbekannter autor", "inconnu",
        "auteur inconnu", "desconocido", "autor desconocido", "sconosciuto", "desconhecido", "nieznany", "onbekend",
        "неизвестно", "неизвестен", "неизвестный автор", "невідомо", "невідомий", "naməlum", "bilinmeyen", "bilinmiyor",
        "անհայտ", "უცნობია", "wordpress", "wordpress.com", "drupal", "joomla", "wix", "blogger", "blogspot", "typo3",
        "squarespace", "weebly", "webflow", "tumblr", "shopify", "elementor", "yoast", "yoast seo", "movable type",
        "dreamweaver", "microsoft word", "libreoffice", "frontpage", "hugo", "jekyll", "tilda", "1c-bitrix", "bitrix",
        "contao", "plone", "umbraco", "magento", "prestashop", "opencart", "chatgpt", "openai", "microsoft copilot",
        "ai", "a.i.", "ai assistant", "ai writer", "ai bot", "ki-assistent", "ki assistent", "assistant ia",
        "asistente de ia", "assistente ia", "ии-ассистент", "ии ассистент", "нейросеть", "yapay zeka", "yapay zekâ",
        "süni intellekt", "artificial intelligence", "künstliche intelligenz", "intelligence artificielle",
    }
)  # fmt: skip
_OF_SOFTWARE = re.compile(r"^(?:joomla!?|drupal|wordpress|typo3|wix(?:\.com)?)(?:\s?[-–—!]|\s\d|$)", re.I)
# What somebody else did for the article, before a colon: "Photo: X", "Редактор: X".
_OTHER_WORK = re.compile(
    r"^(?:photos?(?: credit)?|photographer|photographs?|images?|pictures?|illustrations?|graphics?|video|editors?|edit"
    r"|editing|translation|translator|translated|source|fotos?|bild(?:er)?|fotograf(?:in)?|redaktion|redakteur(?:in)?"
    r"|übersetzung|übersetzer(?:in)?|quelle|grafik|crédits? photos?|photographie|photographe|traduction"
    r"|traduct(?:eur|rice)|rédaction|édition|fotografía|traducción|traductor|edición|fuente|fotografia|traduzione|traduttore|fonte"
    r"|redazione|tradução|tradutor|edição|zdjęci[ae]|fot\.|tłumaczenie|redakcja|redaktor|beeld|vertaling|redactie|bron|kuvat?|foto:s"
    r"|фото|фотограф|редактор|перевод|переводчик|источник|иллюстрация|видео|переклад|перекладач|джерело|fotoqraf|şəkil"
    r"|tərcümə|tərcüməçi|mənbə|fotoğraf(?:lar)?|çeviri|çeviren|editör|kaynak|լուսանկար|խմբագիր|թարգմանություն|ფოტო"
    r"|რედაქტორი|თარგმანი|写真|撮影|摄影|攝影|翻译|翻譯|编辑|編輯|责任编辑|責任編輯)\s{0,3}[:：՝]\s?\S",
    re.I,
)
_OTHER_WORK_BEHIND = re.compile(
    r"[(\[]\s?(?:photos?|photographs?|photographer|pictures?|images?|illustrations?|video|editor|editing|translation"
    r"|translator|translated(?:\sfrom\s[^)\]]{2,30})?|fotos?|bild(?:er)?|fotograf(?:in)?|übersetzung|übersetzer(?:in)?"
    r"|redaktion|photographe|traduction|traduct(?:eur|rice)|fotografía|traducción|traductora?|traduzione|traduttore"
    r"|tradução|tradutora?|zdjęcia|tłumaczenie|beeld|vertaling|kuvat?|фото|фотограф|перевод|переводчик|редактор|переклад"
    r"|foto[qğ]raf|tərcümə|tərcüməçi|redaktor|çeviri|çeviren|editör)\s?[)\]]\s?$",
    re.I,
)
_WROTE = re.compile(
    r"^(?:text|texte?|texto|testo|tekst|words|story|author|autor|автор|текст|mətn|müəllif|yazı|yazar)\s?:", re.I
)
_COMPANY = re.compile(
    r"\s(?:gmbh(?: & co\.? kg)?|ltd\.?|limited|inc\.?|llc|l\.l\.c\.|plc|corp\.?|s\.?r\.?l\.?|s\.a\.s?\.?|sp\. z o\.o\."
    r"|b\.v\.|n\.v\.|a\.ş\.|mmc|e\.\s?v\.?)$|^(?:ооо|оао|зао|пао|тов|ао)\s",
    re.I,
)
_DESK = re.compile(
    r"\s(?:editorial (?:team|staff|board|desk)|news ?(?:desk|room|team)|web ?desk|content team|marketing team"
    r"|staff writers?|staff reporters?|redaktion|bureau|news service)$|[^\W\d_]{1,20}-redaktion$"
    r"|^(?:redacción|redazione|redaktion|rédaction|redação|redakcja|redakce|редакция) ",
    re.I,
)
_NOT_WRITTEN = re.compile(
    r"^(?:last )?(?:updated|edited|translated|photographed|illustrated|verified|fact[\s-]?checked"
    r"|(?:medically|clinically|legally|expert|peer)[\s-]reviewed|additional reporting)"
    r"\s(?:and\s\w{1,20}\s)?by\b",
    re.I,
)
_WORKED_FOR = re.compile(r"[^\W\d_]\s(?:at|for|using|with)\s[A-ZÀ-Þ]")
_MADE_THE_SITE = re.compile(
    r"^(?:(?:site |website |web |page |theme )?(?:developed|designed|powered|built|created|design|theme|template"
    r"|website|web site|layout) by\b|(?:web)?design:)",
    re.I,
)
_MAKES_SITES = re.compile(r"\bweb ?(?:design|studio|development|agentur|agency)s?\b", re.I)
_NUMBERED = re.compile(r"\s?\d{1,6}$")
_ORGANISATION = re.compile(
    r"\b(?:gmbh|ag|inc|llc|ltd|kg|verlag|news|media|press|agency|agence|agentur|agencia|times|magazine|network|online|team"
    r"|redaktion|redacción|staff|desk|editors|group|foundation|institute|university|association|tv|radio|today|daily|post"
    r"|reuters|afp|ap|dpa|tass|новости|редакция|агентство|хәбәр|haber|xəbər)\b|\.[a-z]{2,4}$",
    re.I,
)
_WORD = re.compile(r"[^\W\d_][^\s]*")


@dataclass(frozen=True, slots=True)
class Names:
    """People named in a list, and what else stood there: posting accounts and organisations."""

    people: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


def read_names(raw: str, *, reversed_order: bool = False) -> Names:
    """The names in ``raw``. With ``reversed_order`` a comma between two words means "Last, First"."""
    text = " ".join(unicodedata.normalize("NFC", raw[: _LONGEST_LIST * 2]).split())
    text = _PREFIX.sub("", _MAIL.sub(" ", text), count=1).strip(" ,.:-–—|")
    if not text or len(text) > _LONGEST_LIST or _ADDRESS.search(text) or _MADE_THE_SITE.search(text):
        return Names()
    if _NOT_WRITTEN.match(text):
        return Names()  # whoever updated, edited or translated it is not who wrote it
    people: list[str] = []
    accounts: list[str] = []
    parts = _split(text, reversed_order)
    if any(len(part.split()) > _MOST_WORDS for part in parts):
        return Names()  # a sentence about somebody is no list of names
    others_worked = False
    for name in parts:
        others_worked = bool(_OTHER_WORK.match(name)) or (others_worked and not _WROTE.match(name))
        if others_worked or _OTHER_WORK_BEHIND.search(name):
            continue  # who took the pictures, edited or translated
        if people and _WORKED_FOR.search(name):
            break  # who made up, styled and lit it comes behind who wrote it
        name = _tidy(name)
        if not name or name in people or name in accounts or is_nothing(name):
            continue
        if is_account(name) or _COMPANY.search(name):
            accounts.append(name)
        elif is_name(name) and not _MAKES_SITES.search(name):
            people.append(name)
    return Names(tuple(people), tuple(accounts))


def is_account(name: str) -> bool:
    """True for a name that many hands post under ("admin", "Redaktion", "Quay Post Editorial Team")."""
    return _NUMBERED.sub("", name.strip(" .:-").casefold()) in _ACCOUNTS or _DESK.search(name) is not None


def is_nothing(name: str) -> bool:
    """True for what fills an empty field ("null", "Test User") and for the name of software ("WordPress")."""
    return name.strip(" .:!?-–—()[]<>").casefold() in _NOTHING or _OF_SOFTWARE.match(name) is not None


def is_name(name: str) -> bool:
    """True for what can be a person's or a house's name: short, with letters, not a sentence or an address."""
    words = _WORD.findall(name)
    if not words or len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS or _ADDRESS.search(name):
        return False
    return sum(character.isdigit() for character in name) <= 2 and not name.endswith(("?", "!")) and len(name) > 1


def looks_like_organisation(name: str) -> bool:
    """True for words that name a house rather than a person."""
    return bool(_ORGANISATION.search(name))


def _split(text: str, reversed_order: bool) -> list[str]:
    if looks_like_organisation(text) and not any(sign in text for sign in ",;|"):
        return [text]
    parts: list[str] = []
    for joined in _unjoin(text):
        bits = [bit.strip() for bit in joined.split(",") if bit.strip()]
        names: list[str] = []
        for bit in bits:
            if (names or parts) and (_ROLE.search(bit) or all(_DEGREE.match(word) for word in bit.split())):
                continue
            names.append(bit)
        if len(names) == 2 and (reversed_order or all(len(name.split()) == 1 for name in names)):
            names = [f"{names[1]} {names[0]}"]
        parts.extend(names)
    return parts


def _unjoin(text: str) -> list[str]:
    return [piece for part in _JOINTS.split(text) for piece in _SMALL_JOINTS.split(part)]


def _tidy(name: str) -> str:
    name = _PREFIX.sub("", _BRACKETS.sub("", name), count=1).strip(" ,.;:-–—|*\"'«»“”")
    if name.isupper() and name.isascii() and len(name.split()) >= 2:
        return " ".join(word if len(word) <= 2 and "." in word else word.capitalize() for word in name.split())
    return name
