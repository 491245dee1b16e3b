-- The one counter that orders all changes, the log of them, and the keys that may write.

CREATE TABLE ChangeCounter (
    Id       INT          NOT NULL,
    Sequence BIGINT       NOT NULL,
    Instant  DATETIME2(6) NOT NULL,
    CONSTRAINT PK_ChangeCounter PRIMARY KEY (Id)
);

CREATE TABLE Change (
    Sequence   BIGINT        NOT NULL,
    Instant    DATETIME2(6)  NOT NULL,
    Actor      NVARCHAR(100) NOT NULL,
    Collection NVARCHAR(32)  NOT NULL,
    SubjectId  NVARCHAR(100) NOT NULL,
    Version    INT           NOT NULL,
    Operation  NVARCHAR(16)  NOT NULL,
    Record     NVARCHAR(MAX) NULL,
    CONSTRAINT PK_Change PRIMARY KEY (Sequence)
);

CREATE INDEX IX_Change_Collection_SubjectId_Sequence ON Change (Collection, SubjectId, Sequence);

CREATE TABLE AccessKey (
    Id        NVARCHAR(32) NOT NULL,
    Hash      NVARCHAR(64) NOT NULL,
    CreatedAt DATETIME2(6) NOT NULL,
    CONSTRAINT PK_AccessKey PRIMARY KEY (Id)
);

INSERT INTO ChangeCounter (Id, Sequence, Instant) VALUES (1, 0, '2000-01-01T00:00:00');
