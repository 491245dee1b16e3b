-- Record holds a state whole, as it is served; the other columns and tables are its index.

CREATE TABLE State (
    Code          TEXT    NOT NULL,
    Name          TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    Region        TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    CONSTRAINT PK_State PRIMARY KEY (Code)
);

CREATE INDEX IX_State_SortName_Code ON State (SortName, Code);

CREATE INDEX IX_State_Region_Code ON State (Region, Code);

CREATE TABLE StateHistory (
    Code          TEXT    NOT NULL,
    Name          TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    Region        TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_StateHistory PRIMARY KEY (Code, Version)
);

CREATE TABLE StateIdentifier (
    StateCode    TEXT    NOT NULL,
    Position     INTEGER NOT NULL,
    Scheme       TEXT    NOT NULL,
    Value        TEXT    NOT NULL,
    Version      INTEGER NOT NULL,
    RecordedFrom TEXT    NOT NULL,
    CONSTRAINT PK_StateIdentifier PRIMARY KEY (StateCode, Position),
    CONSTRAINT FK_StateIdentifier_StateCode FOREIGN KEY (StateCode) REFERENCES State (Code)
) WITHOUT ROWID;

CREATE INDEX IX_StateIdentifier_Value_Scheme_StateCode ON StateIdentifier (Value, Scheme, StateCode);

CREATE TABLE StateIdentifierHistory (
    StateCode     TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    Scheme        TEXT    NOT NULL,
    Value         TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_StateIdentifierHistory PRIMARY KEY (StateCode, Version, Position)
) WITHOUT ROWID;

CREATE TABLE StatePredecessor (
    StateCode       TEXT    NOT NULL,
    Position        INTEGER NOT NULL,
    PredecessorCode TEXT    NOT NULL,
    Version         INTEGER NOT NULL,
    RecordedFrom    TEXT    NOT NULL,
    CONSTRAINT PK_StatePredecessor PRIMARY KEY (StateCode, Position),
    CONSTRAINT FK_StatePredecessor_StateCode FOREIGN KEY (StateCode) REFERENCES State (Code),
    CONSTRAINT FK_StatePredecessor_PredecessorCode FOREIGN KEY (PredecessorCode) REFERENCES State (Code)
) WITHOUT ROWID;

CREATE INDEX IX_StatePredecessor_PredecessorCode_StateCode ON StatePredecessor (PredecessorCode, StateCode);

CREATE TABLE StatePredecessorHistory (
    StateCode       TEXT    NOT NULL,
    Position        INTEGER NOT NULL,
    PredecessorCode TEXT    NOT NULL,
    Version         INTEGER NOT NULL,
    RecordedFrom    TEXT    NOT NULL,
    RecordedUntil   TEXT    NOT NULL,
    CONSTRAINT PK_StatePredecessorHistory PRIMARY KEY (StateCode, Version, Position)
) WITHOUT ROWID;
