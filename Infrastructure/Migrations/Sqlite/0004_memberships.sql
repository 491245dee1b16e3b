-- Standings lie together by forum, since that is how they are asked.

CREATE TABLE Membership (
    Id              TEXT    NOT NULL,
    ForumCode       TEXT    NOT NULL,
    MemberKind      TEXT    NOT NULL,
    MemberCode      TEXT    NOT NULL,
    StateCode       TEXT    NULL,
    MemberForumCode TEXT    NULL,
    Record          TEXT    NOT NULL,
    Version         INTEGER NOT NULL,
    RecordedFrom    TEXT    NOT NULL,
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
    Id              TEXT    NOT NULL,
    ForumCode       TEXT    NOT NULL,
    MemberKind      TEXT    NOT NULL,
    MemberCode      TEXT    NOT NULL,
    StateCode       TEXT    NULL,
    MemberForumCode TEXT    NULL,
    Record          TEXT    NOT NULL,
    Version         INTEGER NOT NULL,
    RecordedFrom    TEXT    NOT NULL,
    RecordedUntil   TEXT    NOT NULL,
    CONSTRAINT PK_MembershipHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE Standing (
    Id            TEXT    NOT NULL,
    ForumCode     TEXT    NOT NULL,
    MembershipId  TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    Kind          TEXT    NOT NULL,
    FromText      TEXT    NOT NULL,
    UntilText     TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    CONSTRAINT PK_Standing PRIMARY KEY (ForumCode, MembershipId, Position),
    CONSTRAINT FK_Standing_MembershipId FOREIGN KEY (MembershipId) REFERENCES Membership (Id)
) WITHOUT ROWID;

CREATE INDEX IX_Standing_MembershipId_Position ON Standing (MembershipId, Position);

CREATE TABLE StandingHistory (
    Id            TEXT    NOT NULL,
    ForumCode     TEXT    NOT NULL,
    MembershipId  TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    Kind          TEXT    NOT NULL,
    FromText      TEXT    NOT NULL,
    UntilText     TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_StandingHistory PRIMARY KEY (ForumCode, MembershipId, Version, Position)
) WITHOUT ROWID;

CREATE INDEX IX_StandingHistory_MembershipId_Version ON StandingHistory (MembershipId, Version);
