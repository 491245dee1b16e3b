-- What was imported, how far that has come, and what came of each row. These are not records of the field: no history, no
-- change log; the records that an import writes have theirs.

CREATE TABLE Import (
    Id          TEXT    NOT NULL,
    Form        TEXT    NOT NULL,
    Collection  TEXT    NULL,
    DryRun      INTEGER NOT NULL,
    Partial     INTEGER NOT NULL,
    Actor       TEXT    NOT NULL,
    Reason      TEXT    NULL,
    Status      TEXT    NOT NULL,
    CancelAsked INTEGER NOT NULL,
    Beat        TEXT    NULL,
    Processed   INTEGER NOT NULL,
    Total       INTEGER NULL,
    Created     INTEGER NOT NULL,
    Changed     INTEGER NOT NULL,
    Unchanged   INTEGER NOT NULL,
    Refused     INTEGER NOT NULL,
    Refusal     TEXT    NULL,
    ReceivedAt  TEXT    NOT NULL,
    StartedAt   TEXT    NULL,
    EndedAt     TEXT    NULL,
    CONSTRAINT PK_Import PRIMARY KEY (Id)
);

CREATE INDEX IX_Import_Status ON Import (Status);

CREATE TABLE ImportRow (
    ImportId   TEXT    NOT NULL,
    Line       INTEGER NOT NULL,
    Collection TEXT    NULL,
    RecordId   TEXT    NULL,
    Result     TEXT    NOT NULL,
    Refusal    TEXT    NULL,
    CONSTRAINT PK_ImportRow PRIMARY KEY (ImportId, Line),
    CONSTRAINT FK_ImportRow_ImportId FOREIGN KEY (ImportId) REFERENCES Import (Id)
) WITHOUT ROWID;

CREATE INDEX IX_ImportRow_ImportId_Result_Line ON ImportRow (ImportId, Result, Line);
