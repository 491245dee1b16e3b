CREATE TABLE Chairmanship (
    Id             TEXT    NOT NULL,
    ForumCode      TEXT    NOT NULL,
    BodyId         TEXT    NULL,
    ChairKind      TEXT    NOT NULL,
    ChairCode      TEXT    NOT NULL,
    StateCode      TEXT    NULL,
    ChairForumCode TEXT    NULL,
    HandoverId     TEXT    NULL,
    FromText       TEXT    NULL,
    UntilText      TEXT    NULL,
    FromEarliest   TEXT    NOT NULL,
    FromLatest     TEXT    NOT NULL,
    UntilEarliest  TEXT    NOT NULL,
    UntilLatest    TEXT    NOT NULL,
    Record         TEXT    NOT NULL,
    Version        INTEGER NOT NULL,
    RecordedFrom   TEXT    NOT NULL,
    CONSTRAINT PK_Chairmanship PRIMARY KEY (Id),
    CONSTRAINT FK_Chairmanship_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_Chairmanship_BodyId FOREIGN KEY (BodyId) REFERENCES Body (Id),
    CONSTRAINT FK_Chairmanship_StateCode FOREIGN KEY (StateCode) REFERENCES State (Code),
    CONSTRAINT FK_Chairmanship_ChairForumCode FOREIGN KEY (ChairForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_Chairmanship_HandoverId FOREIGN KEY (HandoverId) REFERENCES Meeting (Id)
);

CREATE INDEX IX_Chairmanship_ForumCode_FromEarliest_Id ON Chairmanship (ForumCode, FromEarliest, Id);

CREATE INDEX IX_Chairmanship_BodyId ON Chairmanship (BodyId);

CREATE INDEX IX_Chairmanship_StateCode ON Chairmanship (StateCode);

CREATE INDEX IX_Chairmanship_ChairForumCode ON Chairmanship (ChairForumCode);

CREATE INDEX IX_Chairmanship_HandoverId ON Chairmanship (HandoverId);

CREATE INDEX IX_Chairmanship_FromEarliest_Id ON Chairmanship (FromEarliest, Id);

CREATE TABLE ChairmanshipHistory (
    Id             TEXT    NOT NULL,
    ForumCode      TEXT    NOT NULL,
    BodyId         TEXT    NULL,
    ChairKind      TEXT    NOT NULL,
    ChairCode      TEXT    NOT NULL,
    StateCode      TEXT    NULL,
    ChairForumCode TEXT    NULL,
    HandoverId     TEXT    NULL,
    FromText       TEXT    NULL,
    UntilText      TEXT    NULL,
    FromEarliest   TEXT    NOT NULL,
    FromLatest     TEXT    NOT NULL,
    UntilEarliest  TEXT    NOT NULL,
    UntilLatest    TEXT    NOT NULL,
    Record         TEXT    NOT NULL,
    Version        INTEGER NOT NULL,
    RecordedFrom   TEXT    NOT NULL,
    RecordedUntil  TEXT    NOT NULL,
    CONSTRAINT PK_ChairmanshipHistory PRIMARY KEY (Id, Version)
);
