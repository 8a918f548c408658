"""The source language, only where the words name it: "from the Russian", "с английского", "ingilis dilindən"."""

from archiver.outlets.names import fold

# ISO 639-1 code: how languages are named in credits, cut to what all case forms share.
_STEMS = {
    "en": "english англ ingilis ingiliz ingilizce անգլեր ინგლისურ englisch anglais ingl angielsk engleza anglicky engels engelsk انگلیسی الإنجليزية 英",
    "ru": "russian русск rus rusca ռուսեր რუსულ russisch russe rus russo rosyjsk rusa روسی الروسية російськ 俄",
    "az": "azerbaijani азербайджанск azerbaycan ադրբեջաներ აზერბაიჯანულ aserbaidschanisch azerbaidjanais азербайджанськ",
    "tr": "turkish турецк turk turkce թուրքեր თურქულ turkisch turc turco tureck ترکی التركية турецьк",
    "hy": "armenian армянск ermeni ermenice հայեր սომხურ armenisch armenien armenio ormiansk ارمنی вірменськ",
    "ka": "georgian грузинск gurcu gurcuce վրացեր ქართულ georgisch georgien georgiano gruzinsk گرجی грузинськ",
    "de": "german немецк alman almanca գերմաներ გერმანულ deutsch allemand aleman tedesco niemieck آلمانی الألمانية німецьк 德",
    "fr": "french французск fransiz fransizca ֆրանսեր ფრანგულ franzosisch francais frances francese francusk فرانسه الفرنسية французьк 法",
    "es": "spanish испанск ispan ispanyolca իսպաներ ესპანურ spanisch espagnol espanol spagnolo hiszpansk іспанськ 西",
    "fa": "persian farsi персидск fars farsca պարսկեր სპარსულ persisch persan persa فارسی الفارسية перськ",
    "ar": "arabic арабск ereb arapca արաբեր არაბულ arabisch arabe arabsk عربی العربية арабськ",
    "uk": "ukrainian украинск ukrayna ukraynaca ուկրաիներ უკრაინულ ukrainisch ukrainien ucraniano ukrainsk українськ",
    "zh": "chinese китайск cin cince չիներ ჩინურ chinesisch chinois chino cinese chinsk китайськ 中",
    "he": "hebrew иврит ivrit ibranice hebraisch hebreu hebreo hebrajsk עברית",
    "it": "italian итальянск italyan italyanca italienisch italien italiano wlosk італійськ",
    "pl": "polish польск polyak lehce polnisch polonais polaco polacco polsk польськ",
    "pt": "portuguese португальск portugues portekizce portugiesisch portugais portoghese portugalsk",
    "ja": "japanese японск yapon japonca japanisch japonais japones giapponese japonsk 日",
}
_BY_STEM = sorted(((fold(stem), code) for code, stems in _STEMS.items() for stem in stems.split()), key=lambda p: -len(p[0]))


def code_of(word: str) -> str | None:
    """The ISO 639-1 code of the language that ``word`` names, or None."""
    key = fold(word)
    return next((code for stem, code in _BY_STEM if stem and key.startswith(stem)), None)
