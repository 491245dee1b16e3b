-- API keys with their roles, scopes and ends; the audit log, to which rows are only added until their retention ends.

CREATE TABLE ApiKey (
    Id          NVARCHAR(120)  NOT NULL,
    Label       NVARCHAR(100)  NOT NULL,
    Owner       NVARCHAR(200)  NULL,
    Role        NVARCHAR(16)   NOT NULL,
    Forums      NVARCHAR(1000) NULL,
    Collections NVARCHAR(1000) NULL,
    Hash        NVARCHAR(64)   NOT NULL,
    FormerHash  NVARCHAR(64)   NULL,
    FormerUntil DATETIME2(6)   NULL,
    ExpiresAt   DATETIME2(6)   NULL,
    RevokedAt   DATETIME2(6)   NULL,
    LastUsedAt  DATETIME2(6)   NULL,
    CreatedBy   NVARCHAR(100)  NOT NULL,
    CreatedAt   DATETIME2(6)   NOT NULL,
    ChangedAt   DATETIME2(6)   NOT NULL,
    Version     INT            NOT NULL,
    CONSTRAINT PK_ApiKey PRIMARY KEY (Id)
);

CREATE UNIQUE INDEX UX_ApiKey_Hash ON ApiKey (Hash);

CREATE INDEX IX_ApiKey_FormerHash ON ApiKey (FormerHash);

INSERT INTO ApiKey (Id, Label, Role, Hash, CreatedBy, CreatedAt, ChangedAt, Version)
SELECT Id, Id, 'admin', Hash, 'registry', CreatedAt, CreatedAt, 1 FROM AccessKey;

DROP TABLE AccessKey;

CREATE TABLE AuditEntry (
    Id            NVARCHAR(36)   NOT NULL,
    At            DATETIME2(6)   NOT NULL,
    Action        NVARCHAR(32)   NOT NULL,
    Actor         NVARCHAR(100)  NULL,
    KeyId         NVARCHAR(120)  NULL,
    Role          NVARCHAR(16)   NULL,
    RequestId     NVARCHAR(100)  NULL,
    Address       NVARCHAR(64)   NULL,
    Method        NVARCHAR(16)   NULL,
    Path          NVARCHAR(500)  NULL,
    Status        INT            NULL,
    Problem       NVARCHAR(64)   NULL,
    Subject       NVARCHAR(200)  NULL,
    FirstSequence BIGINT         NULL,
    LastSequence  BIGINT         NULL,
    Occurrences   INT            NOT NULL,
    CONSTRAINT PK_AuditEntry PRIMARY KEY (Id)
);
