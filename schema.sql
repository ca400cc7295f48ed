-- The ledger of aidledger: every table is defined here and nowhere else.
--
-- Read it from the view package_summary: one row a package. From there, package -> telling -> claim
-- -> evidence -> article leads each figure back to its sentence.
--
-- ledger, entry and raw_article are the truth: rows are only ever added. All other tables are
-- projections: computed from entry and raw_article, and rebuilt from them by `verify --rebuild`.
--
-- Amounts and quantities are decimal numbers as text, never floats. A figure has a low and a high
-- end: 'up_to' has only a high one, 'more_than' and 'at_least' only a low one. NULL: not stated.
-- Dates are YYYY-MM-DD, YYYY-MM or YYYY, as far as known. Lists of actors are codes in order, with
-- commas between them.

-- ---------------------------------------------------------------------------------- the truth --

-- The one row that says which ledger this is. The first entry's prev is `genesis`: the SHA-256 of
-- the domain tag 'aidledger ledger v1', a zero byte and the 32 random bytes of `id`.
CREATE TABLE ledger (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    id          TEXT NOT NULL CHECK (length(id) = 64 AND id NOT GLOB '*[^0-9a-f]*'),
    genesis     TEXT NOT NULL CHECK (length(genesis) = 64 AND genesis NOT GLOB '*[^0-9a-f]*')
) STRICT;

CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'ledger: its identity is never changed'); END;

CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'ledger: its identity is never deleted'); END;

CREATE TRIGGER ledger_is_made_once BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger)
BEGIN SELECT RAISE(ABORT, 'ledger: its identity is made once'); END;

-- The journal. hash is the SHA-256 of the domain tag 'aidledger entry v1', a zero byte, seq in 8
-- bytes, the 32 bytes of prev, then recorded_at, kind and body, each after its length in 8 bytes;
-- numbers with the highest byte first. prev is the hash of the entry before.
-- No column but seq may be UNIQUE: INSERT OR REPLACE would delete the older row by it.
CREATE TABLE entry (
    seq         INTEGER PRIMARY KEY CHECK (seq > 0),
    recorded_at TEXT NOT NULL CHECK (recorded_at GLOB
        '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
    kind        TEXT NOT NULL CHECK (kind <> ''),
    body        TEXT NOT NULL CHECK (json_valid(body)),
    prev        TEXT NOT NULL CHECK (length(prev) = 64 AND prev NOT GLOB '*[^0-9a-f]*'),
    hash        TEXT NOT NULL CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*')
) STRICT;

CREATE TRIGGER entry_continues_the_chain BEFORE INSERT ON entry
BEGIN
    SELECT RAISE(ABORT, 'entry: seq must be one more than the last')
     WHERE NEW.seq IS NOT coalesce((SELECT max(seq) FROM entry), 0) + 1;
    SELECT RAISE(ABORT, 'entry: prev must be the hash of the last entry')
     WHERE NEW.prev IS NOT coalesce(
        (SELECT hash FROM entry ORDER BY seq DESC LIMIT 1), (SELECT genesis FROM ledger));
END;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entry: the journal is only added to'); END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entry: the journal is only added to'); END;

-- The bytes of every article as they were read, once for each content.
CREATE TABLE raw_article (
    sha256      TEXT PRIMARY KEY CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    content     BLOB NOT NULL
) STRICT;

CREATE TRIGGER raw_article_is_stored_once BEFORE INSERT ON raw_article
WHEN EXISTS (SELECT 1 FROM raw_article WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'raw_article: the same content is stored once'); END;

CREATE TRIGGER raw_article_is_never_changed BEFORE UPDATE ON raw_article
BEGIN SELECT RAISE(ABORT, 'raw_article: content is never changed'); END;

CREATE TRIGGER raw_article_is_never_deleted BEFORE DELETE ON raw_article
BEGIN SELECT RAISE(ABORT, 'raw_article: content is never deleted'); END;

-- -------------------------------------------------------------------------------- projections --

-- A document that was read: its text, and what it says of itself.
CREATE TABLE article (
    number      INTEGER PRIMARY KEY REFERENCES entry (seq),      -- the entry that recorded it
    sha256      TEXT NOT NULL UNIQUE REFERENCES raw_article (sha256),
    recorded_at TEXT NOT NULL,
    format      TEXT NOT NULL CHECK (format IN ('text', 'html')),
    title       TEXT,
    title_start INTEGER,
    title_end   INTEGER CHECK ((title_start IS NULL) = (title_end IS NULL)),
    publisher   TEXT,
    published   TEXT CHECK (published GLOB '[0-9][0-9][0-9][0-9]*' AND length(published) <= 10),
    language    TEXT,
    path        TEXT,
    url         TEXT,
    kind        TEXT CHECK (kind IN ('official', 'agency')),     -- who publishes there
    etag        TEXT,                                            -- by which its server knows
    last_modified TEXT,                                          -- this version of it
    content     TEXT NOT NULL,                                   -- a hash of what it says
    spoken      TEXT NOT NULL,                                   -- hashes of what is quoted in it
    sketch      TEXT NOT NULL,                                   -- least hashes of its rows of words
    body_start  INTEGER NOT NULL CHECK (body_start >= 0),
    body_end    INTEGER NOT NULL CHECK (body_end >= body_start),
    text        TEXT NOT NULL                                    -- all spans count its bytes
) STRICT;

CREATE INDEX article_by_path ON article (path);
CREATE INDEX article_by_content ON article (content);

-- What one article, or a person by hand, says of one package. Never changed.
CREATE TABLE claim (
    number      INTEGER PRIMARY KEY CHECK (number > 0),
    id          TEXT NOT NULL UNIQUE                             -- a hash over all that it says
                CHECK (length(id) = 64 AND id NOT GLOB '*[^0-9a-f]*'),
    entry       INTEGER NOT NULL REFERENCES entry (seq),
    article     INTEGER REFERENCES article (number),             -- NULL: entered by hand
    place       INTEGER NOT NULL CHECK (place >= 0),             -- which of the article's claims
    donors      TEXT NOT NULL CHECK (donors NOT GLOB '*[^A-Z0-9,_-]*'),
    recipients  TEXT NOT NULL CHECK (recipients NOT GLOB '*[^A-Z0-9,_-]*'),
    announced   TEXT CHECK (announced GLOB '[0-9][0-9][0-9][0-9]*' AND length(announced) <= 10),
    amount_low  TEXT CHECK (amount_low GLOB '[0-9]*' AND amount_low NOT GLOB '*[^0-9.]*'
                        AND amount_low NOT GLOB '*.*.*' AND amount_low NOT GLOB '*.'),
    amount_high TEXT CHECK (amount_high GLOB '[0-9]*' AND amount_high NOT GLOB '*[^0-9.]*'
                        AND amount_high NOT GLOB '*.*.*' AND amount_high NOT GLOB '*.'),
    currency    TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    qualifier   TEXT CHECK (
        qualifier IN ('exact', 'up_to', 'about', 'more_than', 'at_least', 'range')),
    aid         TEXT NOT NULL CHECK (aid IN ('military', 'financial', 'humanitarian', 'mixed')),
    status      TEXT NOT NULL CHECK (
        status IN ('proposed', 'announced', 'delivered', 'withdrawn', 'past')),
    mechanism   TEXT CHECK (mechanism <> ''),
    sequence    INTEGER CHECK (sequence >= 0),
    confidence  INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 1000),   -- thousandths
    quote       TEXT,                                            -- by hand: the quoted sentence
    source      TEXT,                                            -- by hand: where it stands
    figure      TEXT,                                            -- the one figure that is named
    around      TEXT,                                            -- the day near which it tells
    rank        TEXT NOT NULL,                                   -- the lower, the more it says
    continues   INTEGER NOT NULL CHECK (continues IN (0, 1)),    -- with the package of the one before
    wording     TEXT CHECK (length(wording) = 64),               -- a hash of the words that tell it
    contracted  TEXT CHECK (contracted GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
                                                                 -- when it was ordered, where told
    frame       TEXT CHECK (length(frame) = 64),                 -- the same hash without numbers
    recalls     TEXT CHECK (recalls GLOB '[0-9][0-9][0-9][0-9]*' AND length(recalls) <= 10),
                                                                 -- when it was announced, as told later
    corrects    TEXT,                                            -- 'SEK 13300': a sum that it takes back
    amends      INTEGER NOT NULL CHECK (amends >= 0),            -- what was told before, how often
    CHECK ((currency IS NULL) = (qualifier IS NULL)),
    CHECK (CASE qualifier
        WHEN 'exact'     THEN amount_low IS NOT NULL AND amount_low IS amount_high
        WHEN 'about'     THEN amount_low IS NOT NULL AND amount_low IS amount_high
        WHEN 'range'     THEN CAST(amount_low AS REAL) <= CAST(amount_high AS REAL)
        WHEN 'up_to'     THEN amount_low IS NULL AND amount_high IS NOT NULL
        WHEN 'more_than' THEN amount_low IS NOT NULL AND amount_high IS NULL
        WHEN 'at_least'  THEN amount_low IS NOT NULL AND amount_high IS NULL
        ELSE amount_low IS NULL AND amount_high IS NULL END IS TRUE),
    CHECK (article IS NULL OR (quote IS NULL AND source IS NULL))
) STRICT;

CREATE INDEX claim_by_article ON claim (article, place);

-- Where matching looks for claims that may tell one package: those of the same donors and recipients with
-- a trace in common. leads: whether the claim leads its package.
CREATE TABLE trace (
    donors      TEXT NOT NULL,
    recipients  TEXT NOT NULL,
    trace       TEXT NOT NULL CHECK (trace <> ''),                -- a number, a sum, a thing
    leads       INTEGER NOT NULL CHECK (leads IN (0, 1)),
    around      TEXT NOT NULL,                                   -- the claim's; '' where not known
    rank        TEXT NOT NULL,                                   -- the claim's, where all of one day
    claim       INTEGER NOT NULL REFERENCES claim (number),      -- have the trace; else ''
    PRIMARY KEY (donors, recipients, trace, leads, around, rank, claim)
) STRICT, WITHOUT ROWID;

CREATE INDEX trace_by_claim ON trace (claim);

-- The lines of materiel that a claim names. start_byte and end_byte count in the article's text,
-- or in the quote where the claim was entered by hand.
CREATE TABLE claim_item (
    claim       INTEGER NOT NULL REFERENCES claim (number),
    number      INTEGER NOT NULL CHECK (number >= 0),
    system      TEXT,
    name        TEXT NOT NULL,
    class       TEXT,
    low         TEXT CHECK (low GLOB '[0-9]*' AND low NOT GLOB '*[^0-9.]*'
                        AND low NOT GLOB '*.*.*' AND low NOT GLOB '*.'),
    high        TEXT CHECK (high GLOB '[0-9]*' AND high NOT GLOB '*[^0-9.]*'
                        AND high NOT GLOB '*.*.*' AND high NOT GLOB '*.'),
    qualifier   TEXT CHECK (
        qualifier IN ('exact', 'up_to', 'about', 'more_than', 'at_least', 'range')),
    unit        TEXT,
    text        TEXT NOT NULL,
    start_byte  INTEGER NOT NULL CHECK (start_byte >= 0),
    end_byte    INTEGER NOT NULL CHECK (end_byte >= start_byte),
    kinds       TEXT NOT NULL,                                   -- the classes above, the nearest first
    PRIMARY KEY (claim, number),
    CHECK ((qualifier IS NULL) = (low IS NULL AND high IS NULL))
) STRICT, WITHOUT ROWID;

-- The words that prove a field of a claim, and the rule that read them. quote is exactly the
-- article's text from start_byte to before end_byte.
CREATE TABLE evidence (
    claim       INTEGER NOT NULL REFERENCES claim (number),
    number      INTEGER NOT NULL CHECK (number >= 0),
    field       TEXT NOT NULL CHECK (field <> ''),
    start_byte  INTEGER NOT NULL CHECK (start_byte >= 0),
    end_byte    INTEGER NOT NULL CHECK (end_byte >= start_byte),
    quote       TEXT NOT NULL CHECK (length(CAST(quote AS BLOB)) = end_byte - start_byte),
    rule        TEXT NOT NULL,
    PRIMARY KEY (claim, number)
) STRICT, WITHOUT ROWID;

-- The real thing that claims tell of. Each *_from names the claim that the field was taken from;
-- it is NULL where the field is not stated, and where a person amended it. Only packages whose
-- standing is 'accepted' count. A package that was merged keeps a row, by which later articles find
-- the one that it is part of; its tellings stand under that one.
CREATE TABLE package (
    number      INTEGER PRIMARY KEY CHECK (number > 0),          -- 12 is written P12
    donors      TEXT NOT NULL,
    recipients  TEXT NOT NULL,
    announced   TEXT,
    amount_low  TEXT CHECK (amount_low GLOB '[0-9]*' AND amount_low NOT GLOB '*[^0-9.]*'
                        AND amount_low NOT GLOB '*.*.*' AND amount_low NOT GLOB '*.'),
    amount_high TEXT CHECK (amount_high GLOB '[0-9]*' AND amount_high NOT GLOB '*[^0-9.]*'
                        AND amount_high NOT GLOB '*.*.*' AND amount_high NOT GLOB '*.'),
    currency    TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    qualifier   TEXT CHECK (
        qualifier IN ('exact', 'up_to', 'about', 'more_than', 'at_least', 'range')),
    aid         TEXT NOT NULL CHECK (aid IN ('military', 'financial', 'humanitarian', 'mixed')),
    stage       TEXT NOT NULL CHECK (
        stage IN ('proposed', 'announced', 'contracted', 'delivered', 'withdrawn')),
    mechanism   TEXT CHECK (mechanism <> ''),
    sequence    INTEGER CHECK (sequence >= 0),
    waits       INTEGER NOT NULL CHECK (waits IN (0, 1)),        -- 1: waits for a person's ruling
    pending_reason TEXT CHECK (pending_reason IS NULL OR waits = 1),
    maybe       INTEGER,                                         -- waits: may be this package
    ruled       TEXT CHECK (ruled IN ('accepted', 'rejected', 'void', 'undone')),  -- by a person
    merged_into INTEGER CHECK (merged_into <> number),           -- a person said: part of it
    standing    TEXT NOT NULL GENERATED ALWAYS AS (CASE
                    WHEN merged_into IS NOT NULL THEN 'merged'
                    WHEN ruled IS NOT NULL THEN ruled
                    WHEN waits = 1 THEN 'pending'
                    ELSE 'accepted' END) VIRTUAL,
    recalled    INTEGER NOT NULL CHECK (recalled IN (0, 1)),     -- 1: told only as past
    figure      TEXT,                                            -- the one figure that is named
    around      TEXT,                                            -- the day near which it is told
    announced_from INTEGER REFERENCES claim (number),
    amount_from    INTEGER REFERENCES claim (number),
    aid_from       INTEGER REFERENCES claim (number),
    stage_from     INTEGER REFERENCES claim (number),
    mechanism_from INTEGER REFERENCES claim (number),
    sequence_from  INTEGER REFERENCES claim (number),
    around_from    INTEGER NOT NULL REFERENCES claim (number),
    CHECK (announced IS NOT NULL OR announced_from IS NULL),
    CHECK (qualifier IS NOT NULL OR amount_from IS NULL),
    CHECK ((currency IS NULL) = (qualifier IS NULL)),
    CHECK (CASE qualifier
        WHEN 'exact'     THEN amount_low IS NOT NULL AND amount_low IS amount_high
        WHEN 'about'     THEN amount_low IS NOT NULL AND amount_low IS amount_high
        WHEN 'range'     THEN CAST(amount_low AS REAL) <= CAST(amount_high AS REAL)
        WHEN 'up_to'     THEN amount_low IS NULL AND amount_high IS NOT NULL
        WHEN 'more_than' THEN amount_low IS NOT NULL AND amount_high IS NULL
        WHEN 'at_least'  THEN amount_low IS NOT NULL AND amount_high IS NULL
        ELSE amount_low IS NULL AND amount_high IS NULL END IS TRUE)
) STRICT;

-- In which order packages are shown.
CREATE INDEX package_by_date ON package (announced) WHERE merged_into IS NULL;

CREATE INDEX package_by_whole ON package (merged_into) WHERE merged_into IS NOT NULL;

-- Which package a claim tells: exactly one. home is where it stands before packages are merged,
-- placed where it stood before a person split it off; package is the one that home is part of. The
-- telling of the lowest rank leads its home: matching compares with it.
CREATE TABLE telling (
    claim       INTEGER PRIMARY KEY REFERENCES claim (number),
    package     INTEGER NOT NULL REFERENCES package (number),
    home        INTEGER NOT NULL REFERENCES package (number),
    placed      INTEGER NOT NULL,
    entry       INTEGER NOT NULL REFERENCES entry (seq),         -- the decision that placed it
    rank        TEXT NOT NULL,                                   -- the claim's
    article     INTEGER,                                         -- the claim's
    doubt       TEXT,                                            -- why it may tell another package
    maybe       INTEGER,                                         -- which one
    weak        TEXT                                             -- why it alone is not enough
) STRICT;

CREATE INDEX telling_by_package ON telling (package, entry);
CREATE INDEX telling_by_home ON telling (home, article, rank);
CREATE INDEX telling_by_rank ON telling (home, rank);
CREATE INDEX telling_by_article ON telling (article, rank) WHERE article IS NOT NULL;

-- What of persons' decisions holds: a value for a field of a package, the one of the highest entry
-- before others; undo takes the rows of an entry away. claim: a telling that stands in the package.
CREATE TABLE effect (
    entry       INTEGER NOT NULL REFERENCES entry (seq),
    number      INTEGER NOT NULL CHECK (number >= 0),
    package     INTEGER NOT NULL,
    field       TEXT NOT NULL CHECK (field <> ''),
    claim       INTEGER REFERENCES claim (number),
    value       TEXT NOT NULL CHECK (json_valid(value)),
    PRIMARY KEY (entry, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX effect_by_package ON effect (package, field, entry);
CREATE INDEX effect_by_claim ON effect (claim, entry) WHERE claim IS NOT NULL;

-- How a package is told where a person's decisions show it otherwise: matching looks here too, so
-- that a further article finds it by what articles say of it.
CREATE TABLE face (
    number      INTEGER PRIMARY KEY REFERENCES package (number),
    donors      TEXT NOT NULL,
    recipients  TEXT NOT NULL,
    announced   TEXT,
    amount_low  TEXT,
    amount_high TEXT,
    currency    TEXT,
    qualifier   TEXT CHECK (
        qualifier IN ('exact', 'up_to', 'about', 'more_than', 'at_least', 'range')),
    aid         TEXT NOT NULL CHECK (aid IN ('military', 'financial', 'humanitarian', 'mixed')),
    stage       TEXT NOT NULL CHECK (
        stage IN ('proposed', 'announced', 'contracted', 'delivered', 'withdrawn')),
    mechanism   TEXT,
    sequence    INTEGER,
    recalled    INTEGER NOT NULL CHECK (recalled IN (0, 1)),
    figure      TEXT,
    around      TEXT
) STRICT;

CREATE INDEX face_by_parties ON face (donors, recipients);

-- What is in a package: the lines of its claims, each thing once and never summed.
CREATE TABLE item (
    package     INTEGER NOT NULL REFERENCES package (number),
    number      INTEGER NOT NULL CHECK (number >= 0),
    system      TEXT,                                            -- the lexicon's id
    name        TEXT NOT NULL,
    class       TEXT,
    low         TEXT,
    high        TEXT,
    qualifier   TEXT CHECK (
        qualifier IN ('exact', 'up_to', 'about', 'more_than', 'at_least', 'range')),
    unit        TEXT,
    text        TEXT NOT NULL,                                   -- the article's words, where they
    start_byte  INTEGER NOT NULL CHECK (start_byte >= 0),        -- stand as in claim_item
    end_byte    INTEGER NOT NULL CHECK (end_byte >= start_byte),
    claim       INTEGER,                                         -- the line that it was taken from;
    claim_item  INTEGER,                                         -- NULL: a person amended it
    PRIMARY KEY (package, number),
    CHECK ((claim IS NULL) = (claim_item IS NULL)),
    CHECK ((qualifier IS NULL) = (low IS NULL AND high IS NULL)),
    FOREIGN KEY (claim, claim_item) REFERENCES claim_item (claim, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX item_by_system ON item (system, package);

-- A package in one value: its fields, lines and sources as they are shown. Lists and exports read it
-- instead of looking each part up; ledger::store::folio says how it is written.
CREATE TABLE folio (
    package     INTEGER PRIMARY KEY,
    content     TEXT NOT NULL
) STRICT;

-- The packages whose folio is to be written anew, some of them more than once; none is left once an entry
-- is recorded.
CREATE TABLE stale (
    package     INTEGER NOT NULL
) STRICT;

CREATE TRIGGER package_made AFTER INSERT ON package
BEGIN INSERT INTO stale VALUES (NEW.number); END;

CREATE TRIGGER package_changed AFTER UPDATE ON package
BEGIN INSERT INTO stale VALUES (NEW.number); END;

CREATE TRIGGER package_gone AFTER DELETE ON package
BEGIN INSERT INTO stale VALUES (OLD.number); END;

CREATE TRIGGER item_made AFTER INSERT ON item
BEGIN INSERT INTO stale VALUES (NEW.package); END;

CREATE TRIGGER item_gone AFTER DELETE ON item
BEGIN INSERT INTO stale VALUES (OLD.package); END;

CREATE TRIGGER telling_made AFTER INSERT ON telling
BEGIN INSERT INTO stale VALUES (NEW.package); END;

CREATE TRIGGER telling_changed AFTER UPDATE ON telling
BEGIN INSERT INTO stale VALUES (OLD.package), (NEW.package); END;

-- A cumulative figure that an article states: the ledger is checked against it.
CREATE TABLE control_total (
    article     INTEGER NOT NULL REFERENCES article (number),
    number      INTEGER NOT NULL CHECK (number >= 0),
    donors      TEXT NOT NULL CHECK (donors NOT GLOB '*[^A-Z0-9,_-]*'),
    recipient   TEXT,
    amount_low  TEXT CHECK (amount_low GLOB '[0-9]*' AND amount_low NOT GLOB '*[^0-9.]*'
                        AND amount_low NOT GLOB '*.*.*' AND amount_low NOT GLOB '*.'),
    amount_high TEXT CHECK (amount_high GLOB '[0-9]*' AND amount_high NOT GLOB '*[^0-9.]*'
                        AND amount_high NOT GLOB '*.*.*' AND amount_high NOT GLOB '*.'),
    currency    TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    qualifier   TEXT NOT NULL CHECK (
        qualifier IN ('exact', 'up_to', 'about', 'more_than', 'at_least', 'range')),
    since       TEXT,                                            -- the day from which it counts
    field       TEXT NOT NULL,
    start_byte  INTEGER NOT NULL CHECK (start_byte >= 0),
    end_byte    INTEGER NOT NULL CHECK (end_byte >= start_byte),
    quote       TEXT NOT NULL CHECK (length(CAST(quote AS BLOB)) = end_byte - start_byte),
    rule        TEXT NOT NULL,
    PRIMARY KEY (article, number),
    CHECK (amount_low IS NOT NULL OR amount_high IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- What looks like aid and became neither a package nor a total, and why.
CREATE TABLE gap (
    article     INTEGER NOT NULL REFERENCES article (number),
    number      INTEGER NOT NULL CHECK (number >= 0),
    reason      TEXT NOT NULL,
    start_byte  INTEGER NOT NULL CHECK (start_byte >= 0),
    end_byte    INTEGER NOT NULL CHECK (end_byte >= start_byte),
    quote       TEXT NOT NULL CHECK (length(CAST(quote AS BLOB)) = end_byte - start_byte),
    PRIMARY KEY (article, number)
) STRICT, WITHOUT ROWID;

-- Each decision, automatic or a person's: one row a package that it is about.
CREATE TABLE decision (
    entry       INTEGER NOT NULL REFERENCES entry (seq),
    number      INTEGER NOT NULL CHECK (number >= 0),
    recorded_at TEXT NOT NULL,
    decision    TEXT NOT NULL CHECK (decision IN ('new', 'link', 'enter', 'accept', 'reject',
        'amend', 'void', 'restore', 'merge', 'split', 'not-same', 'undo', 'redo')),
    claim       INTEGER REFERENCES claim (number),               -- of new, link and enter
    package     INTEGER NOT NULL,                                -- undo may have taken it away
    pending     INTEGER NOT NULL CHECK (pending IN (0, 1)),
    maybe       INTEGER,
    reason      TEXT,
    ruled_by    TEXT NOT NULL CHECK (ruled_by <> ''),            -- 'auto' or a person's name
    undone      INTEGER REFERENCES entry (seq),                  -- the undo that took it back
    PRIMARY KEY (entry, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX decision_by_package ON decision (package);
CREATE INDEX decision_by_claim ON decision (claim) WHERE claim IS NOT NULL;
CREATE INDEX decision_of_a_person ON decision (entry)
 WHERE ruled_by <> 'auto';

-- A feed that is, or was, watched: its web address, or its path. etag and last_modified are what its
-- server said of the version that was read wholly.
CREATE TABLE feed (
    address     TEXT PRIMARY KEY CHECK (address <> ''),
    title       TEXT,
    added_by    TEXT NOT NULL CHECK (added_by <> ''),
    added       INTEGER NOT NULL REFERENCES entry (seq),
    watched     INTEGER NOT NULL CHECK (watched IN (0, 1)),
    polled      INTEGER REFERENCES entry (seq),                  -- when it last brought something
    etag        TEXT,
    last_modified TEXT
) STRICT;

-- What was read of a feed: sha256 is that of all that the feed said of the entry.
CREATE TABLE feed_entry (
    feed        TEXT NOT NULL REFERENCES feed (address),
    sha256      TEXT NOT NULL,
    entry       INTEGER NOT NULL REFERENCES entry (seq),
    PRIMARY KEY (feed, sha256)
) STRICT, WITHOUT ROWID;

-- What one unit of `base` cost on a day, as a person imported it; the last import of a day stands.
-- The rates that ship with the program are in no table.
CREATE TABLE rate (
    base        TEXT NOT NULL CHECK (base GLOB '[A-Z][A-Z][A-Z]'),
    currency    TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]' AND currency <> base),
    day         TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    rate        TEXT NOT NULL CHECK (rate GLOB '[0-9]*' AND rate NOT GLOB '*[^0-9.]*'),
    entry       INTEGER NOT NULL REFERENCES entry (seq),
    PRIMARY KEY (base, currency, day)
) STRICT, WITHOUT ROWID;

-- The level of prices of a year, likewise.
CREATE TABLE price_level (
    currency    TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    year        INTEGER NOT NULL CHECK (year BETWEEN 1 AND 9999),
    level       TEXT NOT NULL CHECK (level GLOB '[0-9]*' AND level NOT GLOB '*[^0-9.]*'),
    entry       INTEGER NOT NULL REFERENCES entry (seq),
    PRIMARY KEY (currency, year)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------- for the reader --

-- One readable row a package. In items, ~ is about, <= up to, > more than, >= at least.
CREATE VIEW package_summary AS
SELECT 'P' || package.number AS id,
       package.donors,
       package.recipients,
       package.announced,
       package.amount_low AS low,
       package.amount_high AS high,
       package.currency,
       package.qualifier,
       package.aid,
       package.stage,
       package.mechanism,
       package.sequence,
       -- The order is the inner query's: ORDER BY inside group_concat would shut out older tools.
       (SELECT group_concat(line, '; ') FROM (
            SELECT CASE item.qualifier
                       WHEN 'exact'     THEN item.low || ' '
                       WHEN 'about'     THEN '~' || item.low || ' '
                       WHEN 'up_to'     THEN '<=' || item.high || ' '
                       WHEN 'more_than' THEN '>' || item.low || ' '
                       WHEN 'at_least'  THEN '>=' || item.low || ' '
                       WHEN 'range'     THEN item.low || '-' || item.high || ' '
                       ELSE '' END
                   || coalesce(item.unit || ' ', '') || item.name AS line
              FROM item WHERE item.package = package.number ORDER BY item.number)) AS items,
       (SELECT count(DISTINCT coalesce(claim.article, -claim.number))
          FROM telling JOIN claim ON claim.number = telling.claim
         WHERE telling.package = package.number) AS sources,
       package.standing,
       package.standing = 'pending' AS pending,
       CASE package.standing WHEN 'pending' THEN package.pending_reason END AS pending_reason
  FROM package
 WHERE package.merged_into IS NULL
 ORDER BY package.announced IS NULL, package.announced, package.number;
