CREATE TABLE Forum (
    Code          TEXT    NOT NULL,
    Name          TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    SeatCountry   TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    CONSTRAINT PK_Forum PRIMARY KEY (Code),
    CONSTRAINT FK_Forum_SeatCountry FOREIGN KEY (SeatCountry) REFERENCES State (Code)
);

CREATE INDEX IX_Forum_SortName_Code ON Forum (SortName, Code);

CREATE INDEX IX_Forum_FromEarliest_Code ON Forum (FromEarliest, Code);

CREATE INDEX IX_Forum_SeatCountry_Code ON Forum (SeatCountry, Code);

CREATE TABLE ForumHistory (
    Code          TEXT    NOT NULL,
    Name          TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    SeatCountry   TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_ForumHistory PRIMARY KEY (Code, Version)
);

CREATE TABLE ForumIdentifier (
    ForumCode    TEXT    NOT NULL,
    Position     INTEGER NOT NULL,
    Scheme       TEXT    NOT NULL,
    Value        TEXT    NOT NULL,
    Version      INTEGER NOT NULL,
    RecordedFrom TEXT    NOT NULL,
    CONSTRAINT PK_ForumIdentifier PRIMARY KEY (ForumCode, Position),
    CONSTRAINT FK_ForumIdentifier_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code)
) WITHOUT ROWID;

CREATE INDEX IX_ForumIdentifier_Value_Scheme_ForumCode ON ForumIdentifier (Value, Scheme, ForumCode);

CREATE TABLE ForumIdentifierHistory (
    ForumCode     TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    Scheme        TEXT    NOT NULL,
    Value         TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_ForumIdentifierHistory PRIMARY KEY (ForumCode, Version, Position)
) WITHOUT ROWID;

CREATE TABLE ForumPredecessor (
    ForumCode       TEXT    NOT NULL,
    Position        INTEGER NOT NULL,
    PredecessorCode TEXT    NOT NULL,
    Version         INTEGER NOT NULL,
    RecordedFrom    TEXT    NOT NULL,
    CONSTRAINT PK_ForumPredecessor PRIMARY KEY (ForumCode, Position),
    CONSTRAINT FK_ForumPredecessor_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_ForumPredecessor_PredecessorCode FOREIGN KEY (PredecessorCode) REFERENCES Forum (Code)
) WITHOUT ROWID;

CREATE INDEX IX_ForumPredecessor_PredecessorCode_ForumCode ON ForumPredecessor (PredecessorCode, ForumCode);

CREATE TABLE ForumPredecessorHistory (
    ForumCode       TEXT    NOT NULL,
    Position        INTEGER NOT NULL,
    PredecessorCode TEXT    NOT NULL,
    Version         INTEGER NOT NULL,
    RecordedFrom    TEXT    NOT NULL,
    RecordedUntil   TEXT    NOT NULL,
    CONSTRAINT PK_ForumPredecessorHistory PRIMARY KEY (ForumCode, Version, Position)
) WITHOUT ROWID;

CREATE TABLE ForumStage (
    ForumCode     TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    Nature        TEXT    NOT NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    CONSTRAINT PK_ForumStage PRIMARY KEY (ForumCode, Position),
    CONSTRAINT FK_ForumStage_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code)
) WITHOUT ROWID;

CREATE TABLE ForumStageHistory (
    ForumCode     TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    Nature        TEXT    NOT NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_ForumStageHistory PRIMARY KEY (ForumCode, Version, Position)
) WITHOUT ROWID;

CREATE TABLE Body (
    Id            TEXT    NOT NULL,
    ForumCode     TEXT    NOT NULL,
    Code          TEXT    NOT NULL,
    ParentId      TEXT    NULL,
    Kind          TEXT    NOT NULL,
    Name          TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    SeatCountry   TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    CONSTRAINT PK_Body PRIMARY KEY (Id),
    CONSTRAINT FK_Body_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_Body_ParentId FOREIGN KEY (ParentId) REFERENCES Body (Id),
    CONSTRAINT FK_Body_SeatCountry FOREIGN KEY (SeatCountry) REFERENCES State (Code)
);

CREATE INDEX IX_Body_ForumCode_Code ON Body (ForumCode, Code);

CREATE INDEX IX_Body_ParentId ON Body (ParentId);

CREATE TABLE BodyHistory (
    Id            TEXT    NOT NULL,
    ForumCode     TEXT    NOT NULL,
    Code          TEXT    NOT NULL,
    ParentId      TEXT    NULL,
    Kind          TEXT    NOT NULL,
    Name          TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    SeatCountry   TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_BodyHistory PRIMARY KEY (Id, Version)
);
