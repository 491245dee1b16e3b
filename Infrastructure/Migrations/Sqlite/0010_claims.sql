CREATE TABLE Source (
    Id            TEXT    NOT NULL,
    Title         TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    Url           TEXT    NULL,
    Language      TEXT    NULL,
    Kind          TEXT    NOT NULL,
    Reliability   TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    CONSTRAINT PK_Source PRIMARY KEY (Id)
);

CREATE INDEX IX_Source_SortName_Id ON Source (SortName, Id);

CREATE INDEX IX_Source_FromEarliest_Id ON Source (FromEarliest, Id);

CREATE INDEX IX_Source_Kind_Id ON Source (Kind, Id);

CREATE TABLE SourceHistory (
    Id            TEXT    NOT NULL,
    Title         TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    Url           TEXT    NULL,
    Language      TEXT    NULL,
    Kind          TEXT    NOT NULL,
    Reliability   TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_SourceHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE Citation (
    CitingRecord TEXT    NOT NULL,
    SourceId     TEXT    NOT NULL,
    Collection   TEXT    NOT NULL,
    CitingId     TEXT    NOT NULL,
    Places       INTEGER NOT NULL,
    Version      INTEGER NOT NULL,
    RecordedFrom TEXT    NOT NULL,
    CONSTRAINT PK_Citation PRIMARY KEY (CitingRecord, SourceId),
    CONSTRAINT FK_Citation_SourceId FOREIGN KEY (SourceId) REFERENCES Source (Id)
) WITHOUT ROWID;

CREATE INDEX IX_Citation_SourceId_CitingRecord ON Citation (SourceId, CitingRecord);

CREATE TABLE CitationHistory (
    CitingRecord  TEXT    NOT NULL,
    SourceId      TEXT    NOT NULL,
    Collection    TEXT    NOT NULL,
    CitingId      TEXT    NOT NULL,
    Places        INTEGER NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_CitationHistory PRIMARY KEY (CitingRecord, Version, SourceId)
) WITHOUT ROWID;

CREATE TABLE Claim (
    Id           TEXT    NOT NULL,
    Collection   TEXT    NOT NULL,
    SubjectId    TEXT    NOT NULL,
    Field        TEXT    NOT NULL,
    ValueKey     TEXT    NOT NULL,
    SourceId     TEXT    NOT NULL,
    Preferred    INTEGER NOT NULL,
    Rival        INTEGER NOT NULL,
    Record       TEXT    NOT NULL,
    Version      INTEGER NOT NULL,
    RecordedFrom TEXT    NOT NULL,
    CONSTRAINT PK_Claim PRIMARY KEY (Id),
    CONSTRAINT FK_Claim_SourceId FOREIGN KEY (SourceId) REFERENCES Source (Id)
);

CREATE INDEX IX_Claim_Collection_SubjectId_Field ON Claim (Collection, SubjectId, Field);

CREATE INDEX IX_Claim_SourceId_Id ON Claim (SourceId, Id);

CREATE INDEX IX_Claim_Rival_Id ON Claim (Rival, Id);

CREATE TABLE ClaimHistory (
    Id            TEXT    NOT NULL,
    Collection    TEXT    NOT NULL,
    SubjectId     TEXT    NOT NULL,
    Field         TEXT    NOT NULL,
    ValueKey      TEXT    NOT NULL,
    SourceId      TEXT    NOT NULL,
    Preferred     INTEGER NOT NULL,
    Rival         INTEGER NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_ClaimHistory PRIMARY KEY (Id, Version)
);

-- Finds what changed since an instant.
CREATE INDEX IX_Source_RecordedFrom_Id ON Source (RecordedFrom, Id);

CREATE INDEX IX_Claim_RecordedFrom_Id ON Claim (RecordedFrom, Id);
