-- Standings lie together by forum, since that is how they are asked.

CREATE TABLE Membership (
    Id              NVARCHAR(64)  NOT NULL,
    ForumCode       NVARCHAR(16)  NOT NULL,
    MemberKind      NVARCHAR(16)  NOT NULL,
    MemberCode      NVARCHAR(16)  NOT NULL,
    StateCode       NVARCHAR(3)   NULL,
    MemberForumCode NVARCHAR(16)  NULL,
    Record          NVARCHAR(MAX) NOT NULL,
    Version         INT           NOT NULL,
    RecordedFrom    DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_Membership PRIMARY KEY (Id),
    CONSTRAINT FK_Membership_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_Membership_StateCode FOREIGN KEY (StateCode) REFERENCES State (Code),
    CONSTRAINT FK_Membership_MemberForumCode FOREIGN KEY (MemberForumCode) REFERENCES Forum (Code)
);

CREATE INDEX IX_Membership_ForumCode_MemberCode_Id ON Membership (ForumCode, MemberCode, Id);

CREATE INDEX IX_Membership_MemberCode_ForumCode_Id ON Membership (MemberCode, ForumCode, Id);

CREATE INDEX IX_Membership_StateCode ON Membership (StateCode);

CREATE INDEX IX_Membership_MemberForumCode ON Membership (MemberForumCode);

CREATE TABLE MembershipHistory (
    Id              NVARCHAR(64)  NOT NULL,
    ForumCode       NVARCHAR(16)  NOT NULL,
    MemberKind      NVARCHAR(16)  NOT NULL,
    MemberCode      NVARCHAR(16)  NOT NULL,
    StateCode       NVARCHAR(3)   NULL,
    MemberForumCode NVARCHAR(16)  NULL,
    Record          NVARCHAR(MAX) NOT NULL,
    Version         INT           NOT NULL,
    RecordedFrom    DATETIME2(6)  NOT NULL,
    RecordedUntil   DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_MembershipHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE Standing (
    Id            NVARCHAR(80) NOT NULL,
    ForumCode     NVARCHAR(16) NOT NULL,
    MembershipId  NVARCHAR(64) NOT NULL,
    Position      INT          NOT NULL,
    Kind          NVARCHAR(16) NOT NULL,
    FromText      NVARCHAR(10) NOT NULL,
    UntilText     NVARCHAR(10) NULL,
    FromEarliest  DATE         NOT NULL,
    FromLatest    DATE         NOT NULL,
    UntilEarliest DATE         NOT NULL,
    UntilLatest   DATE         NOT NULL,
    Version       INT          NOT NULL,
    RecordedFrom  DATETIME2(6) NOT NULL,
    CONSTRAINT PK_Standing PRIMARY KEY (ForumCode, MembershipId, Position),
    CONSTRAINT FK_Standing_MembershipId FOREIGN KEY (MembershipId) REFERENCES Membership (Id)
);

CREATE INDEX IX_Standing_MembershipId_Position ON Standing (MembershipId, Position);

CREATE TABLE StandingHistory (
    Id            NVARCHAR(80) NOT NULL,
    ForumCode     NVARCHAR(16) NOT NULL,
    MembershipId  NVARCHAR(64) NOT NULL,
    Position      INT          NOT NULL,
    Kind          NVARCHAR(16) NOT NULL,
    FromText      NVARCHAR(10) NOT NULL,
    UntilText     NVARCHAR(10) NULL,
    FromEarliest  DATE         NOT NULL,
    FromLatest    DATE         NOT NULL,
    UntilEarliest DATE         NOT NULL,
    UntilLatest   DATE         NOT NULL,
    Version       INT          NOT NULL,
    RecordedFrom  DATETIME2(6) NOT NULL,
    RecordedUntil DATETIME2(6) NOT NULL,
    CONSTRAINT PK_StandingHistory PRIMARY KEY (ForumCode, MembershipId, Version, Position)
);

CREATE INDEX IX_StandingHistory_MembershipId_Version ON StandingHistory (MembershipId, Version);
