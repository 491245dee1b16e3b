-- API keys with their roles, scopes and ends; the audit log, to which rows are only added until their retention ends.

CREATE TABLE ApiKey (
    Id          TEXT    NOT NULL,
    Label       TEXT    NOT NULL,
    Owner       TEXT    NULL,
    Role        TEXT    NOT NULL,
    Forums      TEXT    NULL,
    Collections TEXT    NULL,
    Hash        TEXT    NOT NULL,
    FormerHash  TEXT    NULL,
    FormerUntil TEXT    NULL,
    ExpiresAt   TEXT    NULL,
    RevokedAt   TEXT    NULL,
    LastUsedAt  TEXT    NULL,
    CreatedBy   TEXT    NOT NULL,
    CreatedAt   TEXT    NOT NULL,
    ChangedAt   TEXT    NOT NULL,
    Version     INTEGER NOT NULL,
    CONSTRAINT PK_ApiKey PRIMARY KEY (Id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX UX_ApiKey_Hash ON ApiKey (Hash);

CREATE INDEX IX_ApiKey_FormerHash ON ApiKey (FormerHash);

INSERT INTO ApiKey (Id, Label, Role, Hash, CreatedBy, CreatedAt, ChangedAt, Version)
SELECT Id, Id, 'admin', Hash, 'registry', CreatedAt, CreatedAt, 1 FROM AccessKey;

DROP TABLE AccessKey;

CREATE TABLE AuditEntry (
    Id            TEXT    NOT NULL,
    At            TEXT    NOT NULL,
    Action        TEXT    NOT NULL,
    Actor         TEXT    NULL,
    KeyId         TEXT    NULL,
    Role          TEXT    NULL,
    RequestId     TEXT    NULL,
    Address       TEXT    NULL,
    Method        TEXT    NULL,
    Path          TEXT    NULL,
    Status        INTEGER NULL,
    Problem       TEXT    NULL,
    Subject       TEXT    NULL,
    FirstSequence INTEGER NULL,
    LastSequence  INTEGER NULL,
    Occurrences   INTEGER NOT NULL,
    CONSTRAINT PK_AuditEntry PRIMARY KEY (Id)
) WITHOUT ROWID;
