-- What was imported, how far that has come, and what came of each row. These are not records of the field: no history, no
-- change log; the records that an import writes have theirs.

CREATE TABLE Import (
    Id          NVARCHAR(100) NOT NULL,
    Form        NVARCHAR(16)  NOT NULL,
    Collection  NVARCHAR(32)  NULL,
    DryRun      INT           NOT NULL,
    Partial     INT           NOT NULL,
    Actor       NVARCHAR(100) NOT NULL,
    Reason      NVARCHAR(500) NULL,
    Status      NVARCHAR(16)  NOT NULL,
    CancelAsked INT           NOT NULL,
    Beat        DATETIME2(6)  NULL,
    Processed   BIGINT        NOT NULL,
    Total       BIGINT        NULL,
    Created     BIGINT        NOT NULL,
    Changed     BIGINT        NOT NULL,
    Unchanged   BIGINT        NOT NULL,
    Refused     BIGINT        NOT NULL,
    Refusal     NVARCHAR(MAX) NULL,
    ReceivedAt  DATETIME2(6)  NOT NULL,
    StartedAt   DATETIME2(6)  NULL,
    EndedAt     DATETIME2(6)  NULL,
    CONSTRAINT PK_Import PRIMARY KEY (Id)
);

CREATE INDEX IX_Import_Status ON Import (Status);

CREATE TABLE ImportRow (
    ImportId   NVARCHAR(100) NOT NULL,
    Line       BIGINT        NOT NULL,
    Collection NVARCHAR(32)  NULL,
    RecordId   NVARCHAR(120) NULL,
    Result     NVARCHAR(16)  NOT NULL,
    Refusal    NVARCHAR(MAX) NULL,
    CONSTRAINT PK_ImportRow PRIMARY KEY (ImportId, Line),
    CONSTRAINT FK_ImportRow_ImportId FOREIGN KEY (ImportId) REFERENCES Import (Id)
);

CREATE INDEX IX_ImportRow_ImportId_Result_Line ON ImportRow (ImportId, Result, Line);
