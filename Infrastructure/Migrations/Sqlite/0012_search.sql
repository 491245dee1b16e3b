-- Every name of every record, and its words: an index made from the records and kept beside them.

CREATE TABLE SearchName (
    RecordKey     TEXT    NOT NULL,
    NameKey       TEXT    NOT NULL,
    Collection    TEXT    NOT NULL,
    RecordId      TEXT    NOT NULL,
    Display       TEXT    NOT NULL,
    Name          TEXT    NOT NULL,
    Folded        TEXT    NOT NULL,
    Language      TEXT    NULL,
    Kind          TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    RecordKind    TEXT    NULL,
    Country       TEXT    NULL,
    LifeFrom      TEXT    NOT NULL,
    LifeUntil     TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    CONSTRAINT PK_SearchName PRIMARY KEY (NameKey)
);

CREATE INDEX IX_SearchName_RecordKey ON SearchName (RecordKey);

CREATE INDEX IX_SearchName_Collection_Folded ON SearchName (Collection, Folded);

CREATE TABLE SearchNameHistory (
    RecordKey     TEXT    NOT NULL,
    NameKey       TEXT    NOT NULL,
    Collection    TEXT    NOT NULL,
    RecordId      TEXT    NOT NULL,
    Display       TEXT    NOT NULL,
    Name          TEXT    NOT NULL,
    Folded        TEXT    NOT NULL,
    Language      TEXT    NULL,
    Kind          TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    RecordKind    TEXT    NULL,
    Country       TEXT    NULL,
    LifeFrom      TEXT    NOT NULL,
    LifeUntil     TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_SearchNameHistory PRIMARY KEY (NameKey, Version)
);

CREATE INDEX IX_SearchNameHistory_Collection_Folded ON SearchNameHistory (Collection, Folded);

-- The key finds the words that start alike, and of one word the shortest names first.
CREATE TABLE SearchToken (
    RecordKey    TEXT    NOT NULL,
    NameKey      TEXT    NOT NULL,
    Collection   TEXT    NOT NULL,
    Token        TEXT    NOT NULL,
    Length       INTEGER NOT NULL,
    Version      INTEGER NOT NULL,
    RecordedFrom TEXT    NOT NULL,
    CONSTRAINT PK_SearchToken PRIMARY KEY (Collection, Token, Length, NameKey)
) WITHOUT ROWID;

CREATE INDEX IX_SearchToken_RecordKey ON SearchToken (RecordKey);

CREATE TABLE SearchTokenHistory (
    RecordKey     TEXT    NOT NULL,
    NameKey       TEXT    NOT NULL,
    Collection    TEXT    NOT NULL,
    Token         TEXT    NOT NULL,
    Length        INTEGER NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_SearchTokenHistory PRIMARY KEY (Collection, Token, Length, NameKey, Version)
) WITHOUT ROWID;

-- How the index was made: where that is another way than this program's, it is made again.
CREATE TABLE SearchFormat (
    Id     INTEGER NOT NULL,
    Format INTEGER NOT NULL,
    CONSTRAINT PK_SearchFormat PRIMARY KEY (Id)
);
