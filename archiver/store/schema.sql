-- The tables of an archive, one migration in one text. Everything here can be made again from snapshots/
-- (`archiver rebuild`). Moments are UTC, "2026-11-22T04:20:00Z". Digests are SHA-256 in lower-case hex.

CREATE TABLE warc_files (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64), -- digest of the whole file, which is also its name
  path TEXT NOT NULL UNIQUE,       -- where it lies under the archive folder: snapshots/ab/abcd….warc.gz
  size INTEGER NOT NULL,           -- bytes
  records INTEGER NOT NULL,        -- how many WARC records it holds
  first_capture INTEGER,           -- number of the first capture it holds; NULL: it holds a judgement
  last_capture INTEGER             -- number of the last capture it holds
) STRICT;

CREATE TABLE snapshots (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64), -- digest of the body, transfer and content coding undone
  size INTEGER NOT NULL,           -- bytes of the body
  warc_file TEXT NOT NULL REFERENCES warc_files(sha256), -- the file that holds it
  warc_offset INTEGER NOT NULL,    -- byte offset of the record that holds it
  first_capture INTEGER NOT NULL   -- number of the capture that brought it
) STRICT;

CREATE TABLE articles (
  id TEXT PRIMARY KEY,             -- 16 letters and digits that follow from the key
  key TEXT NOT NULL UNIQUE,        -- the normalised address, or the digest of an imported text without one
  url TEXT,                        -- the address, or NULL when none was ever claimed
  host TEXT,                       -- its host without www.
  first_capture INTEGER NOT NULL,  -- number of the first attempt
  last_capture INTEGER NOT NULL,   -- number of the last attempt, failures counted
  first_added TEXT NOT NULL,       -- when the first attempt was entered
  last_added TEXT NOT NULL,        -- when the last attempt was entered
  captures INTEGER NOT NULL,       -- attempts, failures counted
  failures INTEGER NOT NULL,       -- attempts that gave no usable page
  versions INTEGER NOT NULL,       -- distinct editorial states in order; 0: attempts only, nothing was ever kept
  latest_version TEXT,             -- id of the newest version
  grade TEXT,                      -- how the newest version first came: fetch, archive, file or paste
  title TEXT,                      -- of the newest version, as all columns below
  outlet TEXT,                     -- name of the publisher; NULL: unknown
  outlet_domain TEXT,              -- its domain, where the registry knows one
  published TEXT,                  -- ISO date prefix as stated: 2024, 2024-12, 2024-12-19, 2024-12-19T10:00; NULL: unknown
  published_precision TEXT,        -- year, month, day, hour, minute or second
  published_zone TEXT,             -- offset, only where one was stated
  published_meant TEXT,            -- stated, inferred, suspected or person
  authors TEXT,                    -- names, joined with "; "
  origin_line TEXT,                -- where the text came from, in words; NULL: nothing is said
  language TEXT,                   -- language code
  findings INTEGER NOT NULL DEFAULT 0, -- how many findings the audit has
  worst TEXT,                      -- the gravest severity among them
  audited INTEGER                  -- number of the last capture that was known to the audit; NULL: not audited since it was read
) STRICT;
CREATE INDEX articles_by_added ON articles (last_added DESC, id);
CREATE INDEX articles_by_last_capture ON articles (last_capture) WHERE versions > 0;
CREATE INDEX articles_by_published ON articles (coalesce(published, ''), last_capture) WHERE versions > 0;
CREATE INDEX articles_by_title ON articles (coalesce(title, ''), last_capture) WHERE versions > 0;
CREATE INDEX articles_by_outlet ON articles (outlet_domain, outlet, last_capture) WHERE versions > 0;
CREATE INDEX articles_by_outlet_name ON articles (coalesce(outlet, ''), last_capture) WHERE versions > 0;
CREATE INDEX articles_by_host ON articles (host, last_capture) WHERE versions > 0;
CREATE INDEX articles_by_language ON articles (language, last_capture) WHERE versions > 0;
CREATE INDEX articles_by_worst ON articles (worst, last_capture) WHERE versions > 0;
CREATE INDEX articles_changed ON articles (last_capture) WHERE versions > 1;
CREATE INDEX articles_by_latest_version ON articles (latest_version);
CREATE INDEX articles_to_audit ON articles (id) WHERE versions > 0 AND audited IS NULL;

CREATE TABLE captures (
  number INTEGER PRIMARY KEY,      -- place in the archive's order; also written into the WARC file
  article_id TEXT REFERENCES articles(id), -- NULL when a file without address gave nothing to keep
  outcome TEXT NOT NULL,           -- kept, unchanged, not_modified, or why it failed
  reason TEXT,                     -- the failure in words
  grade TEXT NOT NULL,             -- fetch, archive, file or paste: what the capture can claim
  requested_url TEXT,              -- the address that was asked for
  url TEXT,                        -- the address that answered, after redirects
  captured_at TEXT,                -- when the bytes were received; NULL: nobody can say (a file)
  added_at TEXT NOT NULL,          -- when they were entered here
  status INTEGER,                  -- HTTP status of the last answer
  media_type TEXT,                 -- as declared
  charset TEXT,                    -- as declared
  format TEXT,                     -- as given by the user, else NULL
  language TEXT,                   -- as given by the user, else NULL
  filename TEXT,                   -- name of the imported file
  etag TEXT,                       -- the server's validator, to ask next time whether anything changed
  last_modified TEXT,              -- the other one
  sha256 TEXT REFERENCES snapshots(sha256), -- the body, also for an answer 304; NULL when none was kept
  size INTEGER,                    -- bytes of the body
  warc_file TEXT NOT NULL REFERENCES warc_files(sha256), -- the file that records this attempt
  warc_offset INTEGER NOT NULL     -- byte offset of its metadata record
) STRICT;
CREATE INDEX captures_by_article ON captures (article_id, number);
CREATE INDEX captures_by_sha256 ON captures (sha256, number);
CREATE INDEX captures_by_requested_url ON captures (requested_url, number);
CREATE INDEX captures_by_url ON captures (url, number);
CREATE INDEX captures_by_outcome ON captures (outcome, number);
CREATE INDEX captures_by_warc_file ON captures (warc_file);

CREATE TABLE texts (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64), -- digest of the text in UTF-8
  text TEXT NOT NULL               -- a clean text or a page text, stored once
) STRICT;

-- What was read, by which rules. Old readings stay; those with valid_until NULL are shown (view `versions`).
CREATE TABLE readings (
  number INTEGER PRIMARY KEY,      -- place in the archive's order
  article_id TEXT NOT NULL REFERENCES articles(id), -- the article it is a reading of
  version_id TEXT NOT NULL,        -- the version it is a reading of: follows from article and first_capture
  version INTEGER NOT NULL,        -- that version's number, 1, 2, … in the order of captures, as this reader counts them
  first_capture INTEGER NOT NULL REFERENCES captures(number), -- the capture that was read, which showed the version first
  content_digest TEXT NOT NULL,    -- names the editorial content: equal content, equal digest
  sha256 TEXT NOT NULL REFERENCES snapshots(sha256), -- the body it was read from
  text_sha256 TEXT NOT NULL REFERENCES texts(sha256), -- the clean text
  page_text_sha256 TEXT NOT NULL REFERENCES texts(sha256), -- the whole page as text, in which quotes stand
  page_space TEXT NOT NULL,        -- "source" (decoded text dump) or "visible" (visible text of an HTML page)
  format TEXT NOT NULL,            -- how the body was read
  encoding TEXT NOT NULL,          -- how its bytes were decoded
  notes TEXT NOT NULL,             -- JSON list: decoding trouble in words
  title TEXT,                      -- the title shown
  words INTEGER NOT NULL,          -- words of the clean text
  reader TEXT NOT NULL,            -- the rules and libraries that read it so first, with their versions
  confirmed_by TEXT NOT NULL,      -- those that last read the very same: at first equal to reader
  digest TEXT NOT NULL,            -- names all that was read: equal rows, equal digest
  statements_digest TEXT NOT NULL, -- names its statements alone
  search_digest TEXT NOT NULL,     -- names the folded words it is found by
  valid_until TEXT                 -- when another reading took its place; NULL: it is the one shown
) STRICT;
CREATE UNIQUE INDEX readings_current ON readings (article_id, version) WHERE valid_until IS NULL;
CREATE UNIQUE INDEX readings_current_by_version ON readings (version_id) WHERE valid_until IS NULL;
CREATE UNIQUE INDEX readings_current_by_capture ON readings (first_capture) WHERE valid_until IS NULL;
CREATE INDEX readings_by_confirmed ON readings (confirmed_by, article_id) WHERE valid_until IS NULL;
CREATE INDEX readings_earlier ON readings (number) WHERE valid_until IS NOT NULL;
CREATE INDEX readings_by_article ON readings (article_id, number);
CREATE INDEX readings_by_version ON readings (version_id, number);
CREATE INDEX readings_by_text ON readings (text_sha256);
CREATE INDEX readings_by_page_text ON readings (page_text_sha256);
CREATE INDEX readings_by_sha256 ON readings (sha256);

CREATE TABLE sightings (
  capture INTEGER NOT NULL REFERENCES captures(number), -- this capture …
  version_id TEXT NOT NULL,        -- … showed this version, for the first time or again
  valid_until TEXT                 -- when a reading of the article saw this otherwise; NULL: so it is seen today
) STRICT;
CREATE UNIQUE INDEX sightings_current ON sightings (capture) WHERE valid_until IS NULL;
CREATE INDEX sightings_by_version ON sightings (version_id, capture);

CREATE TABLE statements (
  number INTEGER PRIMARY KEY,      -- place in the archive's order
  reading INTEGER NOT NULL REFERENCES readings(number), -- the reading it belongs to
  version_id TEXT NOT NULL,        -- the version it speaks of
  id TEXT NOT NULL,                -- follows from what is said and where; equal statements have equal ids
  property TEXT NOT NULL,          -- title, outlet, author, published, origin, …
  value TEXT NOT NULL,             -- what was made of the words
  quote TEXT NOT NULL,             -- the words it rests on, letter by letter
  space TEXT NOT NULL,             -- the text the quote stands in: source, text, visible, html, header, url, filename, …
  path TEXT,                       -- where the raw value lies, for spaces without offsets
  start INTEGER,                   -- first character of the quote, counted in Unicode code points from 0
  "end" INTEGER,                   -- the character after its last
  rule TEXT NOT NULL,              -- the rule and its version that read it
  meant TEXT NOT NULL,             -- stated, inferred, suspected or person
  shown INTEGER NOT NULL CHECK (shown IN (0, 1)), -- 1: this is the value shown
  why TEXT,                        -- why it is not shown
  detail TEXT NOT NULL,            -- JSON object: what the value alone cannot hold
  valid_until TEXT                 -- when another reading took the place of this one; NULL: it is today's
) STRICT;
CREATE INDEX statements_by_reading ON statements (reading, number);
CREATE INDEX statements_by_version ON statements (version_id, number);
CREATE INDEX statements_by_property ON statements (property, shown, meant, version_id) WHERE valid_until IS NULL;
CREATE INDEX statements_by_rule ON statements (rule, shown) WHERE valid_until IS NULL;
CREATE INDEX statements_by_id ON statements (id);

CREATE TABLE origins (
  statement INTEGER PRIMARY KEY REFERENCES statements(number), -- the shown statement that says so
  version_id TEXT NOT NULL,        -- the version that came from there
  article_id TEXT NOT NULL REFERENCES articles(id), -- its article
  kind TEXT NOT NULL,              -- translation, reprint, syndication, wire, excerpt, adaptation or rewrite
  name TEXT,                       -- the origin's name as read
  domain TEXT,                     -- its domain, where known
  url TEXT,                        -- its address, where given
  key TEXT,                        -- that address normalised: equal to articles.key once it is held
  language TEXT,                   -- the origin's language, where said
  meant TEXT NOT NULL,             -- stated, inferred, suspected or person
  valid_until TEXT                 -- when another reading took the place of this one; NULL: it is today's
) STRICT;
CREATE INDEX origins_by_version ON origins (version_id);
CREATE INDEX origins_by_article ON origins (article_id);
CREATE INDEX origins_by_key ON origins (key) WHERE key IS NOT NULL AND valid_until IS NULL;
CREATE INDEX origins_by_domain ON origins (domain, kind, article_id) WHERE valid_until IS NULL;

CREATE TABLE judgements (
  number INTEGER PRIMARY KEY,      -- place in the order of all judgements; also written into the WARC file
  id TEXT NOT NULL UNIQUE,         -- 16 letters and digits that follow from what was decided
  article_id TEXT NOT NULL REFERENCES articles(id), -- the article it is about
  first_capture INTEGER NOT NULL REFERENCES captures(number), -- it holds from the version on that this capture showed
  decision TEXT NOT NULL,          -- confirm, reject, set, unknown, withdraw, agree or disagree
  property TEXT,                   -- what it is about: published, origin, …
  value TEXT,                      -- the value that was confirmed, rejected or set
  detail TEXT NOT NULL,            -- JSON: what the value alone cannot say
  statement TEXT,                  -- id of the statement that was confirmed or rejected
  read TEXT NOT NULL,              -- JSON list: what the rules showed for the property at that time
  about TEXT REFERENCES judgements(id), -- the judgement that is withdrawn or reviewed
  who TEXT NOT NULL,               -- who decided
  why TEXT NOT NULL,               -- and on which grounds
  made_at TEXT NOT NULL,           -- when, by this machine's clock
  warc_file TEXT NOT NULL REFERENCES warc_files(sha256), -- the file that records it
  warc_offset INTEGER NOT NULL     -- byte offset of its record
) STRICT;
CREATE INDEX judgements_by_article ON judgements (article_id, number);
CREATE INDEX judgements_by_about ON judgements (about) WHERE about IS NOT NULL;

CREATE TABLE findings (
  article_id TEXT NOT NULL REFERENCES articles(id), -- what it is about
  position INTEGER NOT NULL,       -- order within the article, gravest first
  version_id TEXT,                 -- the version that was audited
  rule TEXT NOT NULL,              -- name of the audit rule
  severity TEXT NOT NULL,          -- info, low, medium, high or critical
  message TEXT NOT NULL,           -- the observation
  advice TEXT,                     -- what to do
  statements TEXT NOT NULL,        -- JSON list: ids of the statements it rests on
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_by_rule ON findings (rule, severity, article_id);
CREATE INDEX findings_by_severity ON findings (severity, rule, article_id);

-- What was entered, in order: the leaves of a Merkle tree (RFC 6962), which also lie under snapshots/log/.
CREATE TABLE log (
  number INTEGER PRIMARY KEY,      -- place in the log, counted from 0
  kind TEXT NOT NULL,              -- capture or reading
  capture INTEGER,                 -- number of the capture it speaks of
  hash TEXT NOT NULL UNIQUE,       -- hash of the leaf
  entry TEXT NOT NULL              -- the leaf: an in-toto Statement in canonical JSON; digests, never texts
) STRICT;
CREATE INDEX log_by_capture ON log (capture, kind, number);

CREATE TABLE _layouts (
  reading INTEGER PRIMARY KEY REFERENCES readings(number), -- the reading
  layout BLOB NOT NULL             -- zlib-compressed JSON: blocks of the page text and pieces of the clean text
) STRICT;

-- Full text, folded over scripts and diacritics (archiver.text.fold). The rowid is readings.number.
-- Contentless: the words themselves stand in readings.title and texts.text.
CREATE VIRTUAL TABLE _search USING fts5 (
  title, text, content='', tokenize="unicode61 remove_diacritics 0", prefix='3'
);

CREATE TRIGGER warc_files_keep_update BEFORE UPDATE ON warc_files
BEGIN SELECT RAISE(ABORT, 'warc_files are append-only'); END;
CREATE TRIGGER warc_files_keep_delete BEFORE DELETE ON warc_files
BEGIN SELECT RAISE(ABORT, 'warc_files are append-only'); END;
CREATE TRIGGER snapshots_keep_update BEFORE UPDATE ON snapshots
BEGIN SELECT RAISE(ABORT, 'snapshots are append-only'); END;
CREATE TRIGGER snapshots_keep_delete BEFORE DELETE ON snapshots
BEGIN SELECT RAISE(ABORT, 'snapshots are append-only'); END;
CREATE TRIGGER captures_keep_update BEFORE UPDATE ON captures
BEGIN SELECT RAISE(ABORT, 'captures are append-only'); END;
CREATE TRIGGER captures_keep_delete BEFORE DELETE ON captures
BEGIN SELECT RAISE(ABORT, 'captures are append-only'); END;
CREATE TRIGGER texts_keep_update BEFORE UPDATE ON texts
BEGIN SELECT RAISE(ABORT, 'texts are append-only'); END;
CREATE TRIGGER texts_keep_delete BEFORE DELETE ON texts
BEGIN SELECT RAISE(ABORT, 'texts are append-only'); END;
CREATE TRIGGER readings_keep_update
BEFORE UPDATE OF number, article_id, version_id, version, first_capture, content_digest, sha256, text_sha256,
  page_text_sha256, page_space, format, encoding, notes, title, words, reader, digest, statements_digest,
  search_digest ON readings
BEGIN SELECT RAISE(ABORT, 'readings are append-only'); END;
CREATE TRIGGER readings_keep_valid_until BEFORE UPDATE OF valid_until ON readings
WHEN OLD.valid_until IS NOT NULL OR NEW.valid_until IS NULL
BEGIN SELECT RAISE(ABORT, 'readings are append-only: they end once, and stay so'); END;
CREATE TRIGGER readings_keep_confirmed_by BEFORE UPDATE OF confirmed_by ON readings
WHEN OLD.valid_until IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'readings are append-only: nobody confirms an earlier one'); END;
CREATE TRIGGER readings_keep_delete BEFORE DELETE ON readings
BEGIN SELECT RAISE(ABORT, 'readings are append-only'); END;
CREATE TRIGGER sightings_keep_update
BEFORE UPDATE OF capture, version_id ON sightings
BEGIN SELECT RAISE(ABORT, 'sightings are append-only'); END;
CREATE TRIGGER sightings_keep_valid_until BEFORE UPDATE OF valid_until ON sightings
WHEN OLD.valid_until IS NOT NULL OR NEW.valid_until IS NULL
BEGIN SELECT RAISE(ABORT, 'sightings are append-only: they end once, and stay so'); END;
CREATE TRIGGER sightings_keep_delete BEFORE DELETE ON sightings
BEGIN SELECT RAISE(ABORT, 'sightings are append-only'); END;
CREATE TRIGGER statements_keep_update
BEFORE UPDATE OF number, reading, version_id, id, property, value, quote, space, path, start, "end", rule,
  meant, shown, why, detail ON statements
BEGIN SELECT RAISE(ABORT, 'statements are append-only'); END;
CREATE TRIGGER statements_keep_valid_until BEFORE UPDATE OF valid_until ON statements
WHEN OLD.valid_until IS NOT NULL OR NEW.valid_until IS NULL
BEGIN SELECT RAISE(ABORT, 'statements are append-only: they end once, and stay so'); END;
CREATE TRIGGER statements_keep_delete BEFORE DELETE ON statements
BEGIN SELECT RAISE(ABORT, 'statements are append-only'); END;
CREATE TRIGGER origins_keep_update
BEFORE UPDATE OF statement, version_id, article_id, kind, name, domain, url, key, language, meant ON origins
BEGIN SELECT RAISE(ABORT, 'origins are append-only'); END;
CREATE TRIGGER origins_keep_valid_until BEFORE UPDATE OF valid_until ON origins
WHEN OLD.valid_until IS NOT NULL OR NEW.valid_until IS NULL
BEGIN SELECT RAISE(ABORT, 'origins are append-only: they end once, and stay so'); END;
CREATE TRIGGER origins_keep_delete BEFORE DELETE ON origins
BEGIN SELECT RAISE(ABORT, 'origins are append-only'); END;
CREATE TRIGGER articles_keep_delete BEFORE DELETE ON articles
BEGIN SELECT RAISE(ABORT, 'articles are never deleted'); END;
CREATE TRIGGER articles_keep_key BEFORE UPDATE OF id, key, url ON articles
BEGIN SELECT RAISE(ABORT, 'the key of an article never changes'); END;
CREATE TRIGGER judgements_keep_update BEFORE UPDATE ON judgements
BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END;
CREATE TRIGGER judgements_keep_delete BEFORE DELETE ON judgements
BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END;
CREATE TRIGGER log_keep_update BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'log is append-only'); END;
CREATE TRIGGER log_keep_delete BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'log is append-only'); END;
CREATE TRIGGER layouts_keep_update BEFORE UPDATE ON _layouts
BEGIN SELECT RAISE(ABORT, '_layouts are append-only'); END;
CREATE TRIGGER layouts_keep_delete BEFORE DELETE ON _layouts
BEGIN SELECT RAISE(ABORT, '_layouts are append-only'); END;

-- INSERT OR REPLACE deletes without asking the triggers above.
CREATE TRIGGER warc_files_keep_replace BEFORE INSERT ON warc_files
WHEN EXISTS (SELECT 1 FROM warc_files WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'warc_files are append-only'); END;
CREATE TRIGGER snapshots_keep_replace BEFORE INSERT ON snapshots
WHEN EXISTS (SELECT 1 FROM snapshots WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'snapshots are append-only'); END;
CREATE TRIGGER captures_keep_replace BEFORE INSERT ON captures
WHEN EXISTS (SELECT 1 FROM captures WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'captures are append-only'); END;
CREATE TRIGGER texts_keep_replace BEFORE INSERT ON texts
WHEN EXISTS (SELECT 1 FROM texts WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'texts are append-only'); END;
CREATE TRIGGER readings_keep_replace BEFORE INSERT ON readings
WHEN EXISTS (SELECT 1 FROM readings WHERE number = NEW.number) OR (NEW.valid_until IS NULL AND (
  EXISTS (SELECT 1 FROM readings WHERE first_capture = NEW.first_capture AND valid_until IS NULL)
  OR EXISTS (SELECT 1 FROM readings WHERE version_id = NEW.version_id AND valid_until IS NULL)
  OR EXISTS (SELECT 1 FROM readings WHERE article_id = NEW.article_id AND version = NEW.version AND valid_until IS NULL)))
BEGIN SELECT RAISE(ABORT, 'readings are append-only'); END;
CREATE TRIGGER sightings_keep_replace BEFORE INSERT ON sightings
WHEN EXISTS (SELECT 1 FROM sightings WHERE capture = NEW.capture AND valid_until IS NULL)
BEGIN SELECT RAISE(ABORT, 'sightings are append-only'); END;
CREATE TRIGGER statements_keep_replace BEFORE INSERT ON statements
WHEN EXISTS (SELECT 1 FROM statements WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'statements are append-only'); END;
CREATE TRIGGER origins_keep_replace BEFORE INSERT ON origins
WHEN EXISTS (SELECT 1 FROM origins WHERE statement = NEW.statement)
BEGIN SELECT RAISE(ABORT, 'origins are append-only'); END;
CREATE TRIGGER judgements_keep_replace BEFORE INSERT ON judgements
WHEN EXISTS (SELECT 1 FROM judgements WHERE number = NEW.number OR id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END;
CREATE TRIGGER log_keep_replace BEFORE INSERT ON log
WHEN NEW.number <> (SELECT coalesce(max(number), -1) + 1 FROM log) OR EXISTS (SELECT 1 FROM log WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'log is append-only'); END;
CREATE TRIGGER layouts_keep_replace BEFORE INSERT ON _layouts
WHEN EXISTS (SELECT 1 FROM _layouts WHERE reading = NEW.reading)
BEGIN SELECT RAISE(ABORT, '_layouts are append-only'); END;

-- Views: one question each.

CREATE VIEW versions AS
SELECT version_id AS id, article_id, version AS number, first_capture, content_digest, sha256, text_sha256, page_text_sha256,
  page_space, format, encoding, notes, title, words, confirmed_by AS reader, number AS reading
FROM readings WHERE valid_until IS NULL;

CREATE VIEW undated_articles AS
SELECT id, title, outlet, url, first_added FROM articles WHERE versions > 0 AND published IS NULL;

CREATE VIEW articles_without_outlet AS
SELECT id, title, published, url, first_added FROM articles WHERE versions > 0 AND outlet IS NULL;

CREATE VIEW changed_articles AS
SELECT id, title, outlet, versions, captures, first_added, last_added, url FROM articles WHERE versions > 1;

CREATE VIEW attempts_without_article AS
SELECT id, url, captures AS attempts, last_added FROM articles WHERE versions = 0;

CREATE VIEW outlets AS
SELECT outlet, outlet_domain, count(*) AS articles FROM articles
WHERE versions > 0 AND outlet IS NOT NULL GROUP BY outlet_domain, outlet;

CREATE VIEW failed_captures AS
SELECT number, added_at, outcome, reason, status, coalesce(requested_url, url, filename) AS target, article_id
FROM captures WHERE outcome NOT IN ('kept', 'unchanged', 'not_modified');

CREATE VIEW origins_shown AS
SELECT a.id AS article_id, a.title, a.outlet, o.kind, o.name AS origin, o.domain AS origin_domain, o.url AS origin_url,
  o.meant, s.quote, held.id AS held_article, o.statement
FROM origins AS o
JOIN articles AS a ON a.id = o.article_id AND a.latest_version = o.version_id
JOIN statements AS s ON s.number = o.statement
LEFT JOIN articles AS held ON held.key = o.key AND held.versions > 0
WHERE o.valid_until IS NULL;

CREATE VIEW origins_not_captured AS
SELECT article_id, title, outlet, kind, origin, origin_domain, origin_url, meant, quote
FROM origins_shown WHERE held_article IS NULL;

CREATE VIEW credited_translations AS
SELECT a.id AS article_id, a.title, a.outlet, o.name AS origin, o.domain AS origin_domain, o.language AS origin_language,
  s.quote
FROM origins AS o
JOIN articles AS a ON a.id = o.article_id AND a.latest_version = o.version_id
JOIN statements AS s ON s.number = o.statement
WHERE o.kind = 'translation' AND o.meant = 'stated' AND o.valid_until IS NULL;

CREATE VIEW statements_shown AS
SELECT s.number, v.article_id, v.number AS version, s.property, s.value, s.quote, s.meant, s.rule, s.space, s.path, s.start,
  s."end"
FROM statements AS s JOIN versions AS v ON v.reading = s.reading WHERE s.shown = 1 AND s.valid_until IS NULL;

CREATE VIEW rejected_readings AS
SELECT s.number, v.article_id, v.number AS version, s.property, s.value, s.why, s.quote, s.meant, s.rule
FROM statements AS s JOIN versions AS v ON v.reading = s.reading WHERE s.shown = 0 AND s.valid_until IS NULL;

CREATE VIEW earlier_statements AS
SELECT s.number, r.article_id, r.version, s.property, s.value, s.quote, s.meant, s.shown, s.rule, r.reader, s.valid_until
FROM readings AS r JOIN statements AS s ON s.reading = r.number WHERE r.valid_until IS NOT NULL;

CREATE VIEW articles_with_conflicting_dates AS
SELECT DISTINCT a.id, a.title, a.outlet, a.published AS shown, s.value AS other, s.quote, s.rule, s.why
FROM statements AS s
JOIN articles AS a ON a.latest_version = s.version_id
WHERE s.property = 'published' AND s.shown = 0 AND s.valid_until IS NULL AND a.published IS NOT NULL
  AND substr(s.value, 1, min(length(s.value), length(a.published), 10))
    <> substr(a.published, 1, min(length(s.value), length(a.published), 10));

CREATE VIEW judgements_in_force AS
SELECT j.number, j.article_id, a.title, j.decision, j.property, j.value, j.who, j.why, j.made_at, j.id
FROM judgements AS j JOIN articles AS a ON a.id = j.article_id
WHERE j.decision IN ('confirm', 'reject', 'set', 'unknown')
  AND NOT EXISTS (SELECT 1 FROM judgements AS w WHERE w.about = j.id AND w.decision = 'withdraw');

CREATE VIEW findings_of_articles AS
SELECT f.article_id, a.title, a.outlet, f.severity, f.rule, f.message, f.advice
FROM findings AS f JOIN articles AS a ON a.id = f.article_id;
