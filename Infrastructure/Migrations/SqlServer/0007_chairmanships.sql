CREATE TABLE Chairmanship (
    Id             NVARCHAR(120) NOT NULL,
    ForumCode      NVARCHAR(16)  NOT NULL,
    BodyId         NVARCHAR(100) NULL,
    ChairKind      NVARCHAR(32)  NOT NULL,
    ChairCode      NVARCHAR(16)  NOT NULL,
    StateCode      NVARCHAR(3)   NULL,
    ChairForumCode NVARCHAR(16)  NULL,
    HandoverId     NVARCHAR(120) NULL,
    FromText       NVARCHAR(10)  NULL,
    UntilText      NVARCHAR(10)  NULL,
    FromEarliest   DATE          NOT NULL,
    FromLatest     DATE          NOT NULL,
    UntilEarliest  DATE          NOT NULL,
    UntilLatest    DATE          NOT NULL,
    Record         NVARCHAR(MAX) NOT NULL,
    Version        INT           NOT NULL,
    RecordedFrom   DATETIME2(6)  NOT NULL,
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
    Id             NVARCHAR(120) NOT NULL,
    ForumCode      NVARCHAR(16)  NOT NULL,
    BodyId         NVARCHAR(100) NULL,
    ChairKind      NVARCHAR(32)  NOT NULL,
    ChairCode      NVARCHAR(16)  NOT NULL,
    StateCode      NVARCHAR(3)   NULL,
    ChairForumCode NVARCHAR(16)  NULL,
    HandoverId     NVARCHAR(120) NULL,
    FromText       NVARCHAR(10)  NULL,
    UntilText      NVARCHAR(10)  NULL,
    FromEarliest   DATE          NOT NULL,
    FromLatest     DATE          NOT NULL,
    UntilEarliest  DATE          NOT NULL,
    UntilLatest    DATE          NOT NULL,
    Record         NVARCHAR(MAX) NOT NULL,
    Version        INT           NOT NULL,
    RecordedFrom   DATETIME2(6)  NOT NULL,
    RecordedUntil  DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_ChairmanshipHistory PRIMARY KEY (Id, Version)
);
