-- Which records took the place of which, so that old ids lead on.

CREATE TABLE MergedRecord (
    Collection NVARCHAR(32)  NOT NULL,
    OldId      NVARCHAR(100) NOT NULL,
    NewId      NVARCHAR(100) NOT NULL,
    MergedAt   DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_MergedRecord PRIMARY KEY (Collection, OldId)
);

CREATE INDEX IX_MergedRecord_NewId ON MergedRecord (Collection, NewId);
