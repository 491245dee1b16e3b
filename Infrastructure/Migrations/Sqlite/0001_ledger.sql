-- The one counter that orders all changes, the log of them, and the keys that may write.

CREATE TABLE ChangeCounter (
    Id       INTEGER NOT NULL,
    Sequence INTEGER NOT NULL,
    Instant  TEXT    NOT NULL,
    CONSTRAINT PK_ChangeCounter PRIMARY KEY (Id)
) WITHOUT ROWID;

CREATE TABLE Change (
    Sequence   INTEGER NOT NULL,
    Instant    TEXT    NOT NULL,
    Actor      TEXT    NOT NULL,
    Collection TEXT    NOT NULL,
    SubjectId  TEXT    NOT NULL,
    Version    INTEGER NOT NULL,
    Operation  TEXT    NOT NULL,
    Record     TEXT    NULL,
    CONSTRAINT PK_Change PRIMARY KEY (Sequence)
);

CREATE INDEX IX_Change_Collection_SubjectId_Sequence ON Change (Collection, SubjectId, Sequence);

CREATE TABLE AccessKey (
    Id        TEXT NOT NULL,
    Hash      TEXT NOT NULL,
    CreatedAt TEXT NOT NULL,
    CONSTRAINT PK_AccessKey PRIMARY KEY (Id)
) WITHOUT ROWID;

INSERT INTO ChangeCounter (Id, Sequence, Instant) VALUES (1, 0, '2000-01-01T00:00:00.000000Z');
