"""Every rule there is, in the order in which people read findings of one severity. Names are stable."""

from archiver.audit import changes, dates, judgements, life, origins, people, text
from archiver.audit.rule import Rule, seen_by_audit, seen_by_verify
from archiver.model import Severity

CUSTODY: tuple[Rule, ...] = (
    Rule(
        "snapshot-altered",
        Severity.CRITICAL,
        "The bytes of a snapshot are not the ones that were captured.",
        "Seen by `archiver verify` alone.",
        "Keep the folder as it is, restore the snapshot from a copy, and find out what changed it.",
        seen_by_verify,
    ),
    Rule(
        "snapshot-missing",
        Severity.CRITICAL,
        "The bytes of a capture are not in the archive any more.",
        "Seen by `archiver verify` alone.",
        "Restore the file under `snapshots/` from a copy; nothing read from it can be checked until then.",
        seen_by_verify,
    ),
    Rule(
        "database-altered",
        Severity.CRITICAL,
        "A row or a text of archive.db does not follow from the snapshots.",
        "Seen by `archiver verify` alone.",
        "Run `archiver rebuild`: the snapshots are the truth; then find out what wrote into the database.",
        seen_by_verify,
    ),
    Rule(
        "quote-not-in-place",
        Severity.CRITICAL,
        "A quote does not stand, letter by letter, where its statement says.",
        "Quotes from metadata, addresses and headers have a path instead of a place.",
        "Run `archiver verify`, then `archiver rebuild` to read the snapshot again; trust no value without its quote.",
        life.quote_not_in_place,
    ),
)
CHANGES: tuple[Rule, ...] = (
    Rule(
        "credit-removed",
        Severity.CRITICAL,
        "A credit to an origin, a translator or an agency stood in an earlier version and does not in the next one.",
        "Silent where the same origin is only spelt otherwise; low where its words still stand there; information "
        "where a later version shows it again.",
        "Cite the earlier version, which shows the credit; ask the outlet why it went.",
        changes.credit_removed,
    ),
    Rule(
        "date-moved",
        Severity.CRITICAL,
        "The publication date of a later version is another day, or gone.",
        "Silent where a date is only given more exactly, or its clock time changed; "
        "high where it disappeared, low where it moved by one day or still stands on the page.",
        "Date the text by its earliest version; compare the two (`archiver diff`) for what else changed.",
        dates.date_moved,
    ),
    Rule(
        "author-removed",
        Severity.HIGH,
        "An author who signed an earlier version does not sign the next one.",
        "Silent where the name is only spelt otherwise; information where a later version shows it again.",
        "Cite the version that is signed; ask the outlet why the name went.",
        changes.author_removed,
    ),
    Rule(
        "headline-changed",
        Severity.MEDIUM,
        "The headline of a later version reads differently.",
        "Silent where only spaces, invisible characters or the Unicode form differ.",
        "Look at the difference (`archiver diff`) and quote the headline together with its version.",
        changes.headline_changed,
    ),
    Rule(
        "silent-change",
        Severity.LOW,
        "The text of a later version differs, and the page gives no new date of change.",
        "Silent where the page dates its change.",
        "Look at the difference (`archiver diff`) before you rely on a sentence of either version.",
        changes.silent_change,
    ),
)
WHO: tuple[Rule, ...] = (
    Rule(
        "no-outlet",
        Severity.HIGH,
        "Nothing on the page says who published it.",
        "A host name alone is no outlet.",
        "Look for the page's address or masthead elsewhere; trust no name that only a list or a link gives.",
        people.no_outlet,
    ),
    Rule(
        "mixed-scripts",
        Severity.HIGH,
        "A name or headline holds a word of letters from two scripts that look alike (a Cyrillic “а” in a Latin word).",
        "Silent on words of different scripts side by side; medium in a headline or a person's name.",
        "Do not take the name for the one it looks like; check the address the page came from.",
        people.mixed_scripts,
    ),
    Rule(
        "canonical-elsewhere",
        Severity.MEDIUM,
        "The page gives an address on another site as its own.",
        "Silent on differences of scheme, `www.`, tracking and a closing slash; information within one site.",
        "Capture the other address: it may be the original, or a newer home of the same text.",
        people.canonical_elsewhere,
    ),
    Rule(
        "posting-account-only",
        Severity.LOW,
        "The only name in the byline is an account that posts for the house.",
        "Silent where a person signs besides.",
        "Do not cite the account as the author; look for a signature in the original or in other versions.",
        people.posting_account_only,
    ),
    Rule(
        "no-author",
        Severity.LOW,
        "Nobody signs the text.",
        "Silent where a posting account or an agency is named.",
        "Cite the outlet; look for a signature in the original or in other versions.",
        people.no_author,
    ),
)
WHEN: tuple[Rule, ...] = (
    Rule(
        "no-date",
        Severity.HIGH,
        "Nothing on the page says when it was published, and nothing bounds it.",
        "Dates in menus, related lists, comments and footers are no date of the article; the capture is no bound.",
        "Look for the date in feeds, archives or copies elsewhere; the day of capture is not the day of publication.",
        dates.no_date,
    ),
    Rule(
        "date-conflict",
        Severity.HIGH,
        "Two places that should give the article's date disagree by more than a day, or it lies after the capture.",
        "Silent within one day as stated, on page clocks and on lists of dates; information at one day, where a "
        "time zone may be the reason; medium where it was changed before it was published.",
        "Compare both places, and what other captures of the address and copies elsewhere show; cite neither alone.",
        dates.date_conflict,
    ),
    Rule(
        "date-bounds-only",
        Severity.MEDIUM,
        "No publication date is stated, but something bounds it.",
        "Silent where a date is stated.",
        "Cite the bounds with their grounds, not a day between them.",
        dates.date_bounds_only,
    ),
)
WHENCE: tuple[Rule, ...] = (
    Rule(
        "origin-not-held",
        Severity.MEDIUM,
        "The page names where it came from, and the original is not held.",
        "Low where held articles of that outlet could be it, or where no archive was asked.",
        "Find the original and add it (`archiver add`), so that the two can be compared.",
        origins.origin_not_held,
    ),
    Rule(
        "origin-unnamed",
        Severity.MEDIUM,
        "The page says that it came from elsewhere, but not from where.",
        "A citation (“according to …”) is no origin.",
        "Search for the names and figures of the text (`archiver search`) and for its first sentence elsewhere.",
        origins.origin_unnamed,
    ),
    Rule(
        "conflicting-origins",
        Severity.MEDIUM,
        "The page names several originals of a kind of which there can be one.",
        "Silent on origins of different kinds, and on one origin that is named twice.",
        "Read the credits in place: a chain (a translation of a translation) keeps both; else ask the outlet.",
        origins.conflicting_origins,
    ),
    Rule(
        "undated-translation",
        Severity.MEDIUM,
        "A translation without a publication date.",
        "Silent where a date is stated.",
        "Find the date of the original; what it says of “yesterday” counts from there.",
        origins.undated_translation,
    ),
    Rule(
        "declared-machine-translation",
        Severity.LOW,
        "The page says itself that a machine translated it.",
        "Silent on mere signs of a machine, which are another rule's, and on translations by people.",
        "Quote the original instead; say that a machine translated it where you cannot.",
        origins.declared_machine_translation,
    ),
    Rule(
        "credit-without-link",
        Severity.LOW,
        "A web page names its origin without a hyperlink to it.",
        "Silent on agency stories, on text dumps (their links are lost), and where the article links to that site.",
        "Look up the licence of the origin: many ask for a hyperlink, which this page does not give.",
        origins.credit_without_link,
    ),
    Rule(
        "licence-asks-link",
        Severity.INFO,
        "The page allows its use on the condition of a hyperlink.",
        "Silent on licences that ask for no link.",
        "When you quote or republish the text, link to it.",
        origins.licence_asks_link,
    ),
)
TEXT: tuple[Rule, ...] = (
    Rule(
        "suspected-machine-translation",
        Severity.MEDIUM,
        "The text shows signs of a machine translation that nobody read: signs, no proof, and without them none.",
        "Says nothing of who or what wrote the original.",
        "Do not quote its quotations; look for the original language and the original.",
        text.suspected_machine_translation,
    ),
    Rule(
        "hidden-characters",
        Severity.MEDIUM,
        "The text holds characters that cannot be seen and that change what is copied, searched or shown.",
        "Silent on those that the spelling of a script needs.",
        "Look at the whole capture; search and comparison already read past them.",
        text.hidden_characters,
    ),
    Rule(
        "text-lost",
        Severity.MEDIUM,
        "A page of which almost no article could be read, or text lost in decoding or unseen by readers.",
        "Silent on a short text that was read whole; low where only part of the text is in doubt.",
        "Look at the whole capture; save the page from a browser if its text needs scripts.",
        text.text_lost,
    ),
    Rule(
        "soft-404-like",
        Severity.MEDIUM,
        "A short page whose headline says that the page does not exist.",
        "Silent on texts of 500 characters and more, whatever their headline.",
        "Look for the article at another address or in a web archive.",
        text.soft_404_like,
    ),
    Rule(
        "consent-wall-like",
        Severity.MEDIUM,
        "A short page whose headline asks for consent, payment or proof of being human.",
        "Silent on texts of 500 characters and more, whatever their headline.",
        "Save the page from a browser after answering, and add the file.",
        text.consent_wall_like,
    ),
    Rule(
        "decoding-trouble",
        Severity.LOW,
        "The bytes did not decode as declared, or their encoding had to be guessed.",
        "Silent where declaration and bytes agree.",
        "Look at names and quotations for wrong letters.",
        text.decoding_trouble,
    ),
    Rule(
        "language-disagrees",
        Severity.INFO,
        "The page declares another language than its text is written in.",
        "Silent between codes of one language, such as `no` and `nb`.",
        "Trust the text; a template that was never translated is the usual reason.",
        text.language_disagrees,
    ),
)
LIFE: tuple[Rule, ...] = (
    Rule(
        "capture-failed-last",
        Severity.MEDIUM,
        "The last attempt to capture the article failed; what is held is older.",
        "Low where the server only could not be reached or refused; a failure never replaces the last good copy.",
        "Try again later; if it stays away, look for a copy in a web archive and note when it was last seen.",
        life.capture_failed_last,
    ),
)

JUDGED: tuple[Rule, ...] = (
    Rule(
        "judgement-disputed",
        Severity.HIGH,
        "Somebody who looked at a judgement does not agree with it.",
        "Silent on judgements that were withdrawn.",
        "Settle it between the two: withdraw the judgement, or make a new one with better grounds.",
        judgements.judgement_disputed,
    ),
    Rule(
        "judgement-contested",
        Severity.MEDIUM,
        "The rules read something else now than when a person decided about the value.",
        "Silent where they read what they read then, and where they have come to what the person said.",
        "Look at the new reading; confirm the judgement by a new one, or withdraw it (`archiver judge`).",
        judgements.judgement_contested,
    ),
)

BROKE_OFF = Rule(
    "rule-broke-off",
    Severity.MEDIUM,
    "A rule of the audit broke off on this article: what it would have said is not known.",
    "Silent where every rule could be asked, which is always unless a rule has a mistake in it.",
    "Rely on the other findings, which stand; report the rule and the place that the finding names as a mistake of "
    "the program.",
    seen_by_audit,
)

# (what the group is about, its rules)
GROUPS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("Custody: is what is held what was captured?", CUSTODY),
    ("Changes: what did the outlet change after it had published?", CHANGES),
    ("Who published and signed it?", WHO),
    ("When was it published?", WHEN),
    ("Where does it come from?", WHENCE),
    ("The text itself", TEXT),
    ("The life of its address", LIFE),
    ("What people decided", JUDGED),
    ("The audit itself", (BROKE_OFF,)),
)
RULES: tuple[Rule, ...] = tuple(rule for _, rules in GROUPS for rule in rules)
