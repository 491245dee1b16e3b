-- Which records took the place of which, so that old ids lead on.

CREATE TABLE MergedRecord (
    Collection TEXT NOT NULL,
    OldId      TEXT NOT NULL,
    NewId      TEXT NOT NULL,
    MergedAt   TEXT NOT NULL,
    CONSTRAINT PK_MergedRecord PRIMARY KEY (Collection, OldId)
) WITHOUT ROWID;

CREATE INDEX IX_MergedRecord_NewId ON MergedRecord (Collection, NewId);
