CREATE TABLE Meeting (
    Id            TEXT    NOT NULL,
    ForumCode     TEXT    NOT NULL,
    BodyId        TEXT    NULL,
    Kind          TEXT    NOT NULL,
    Format        TEXT    NOT NULL,
    Mode          TEXT    NULL,
    Ordinal       INTEGER NULL,
    Status        TEXT    NOT NULL,
    Name          TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    Country       TEXT    NULL,
    Host          TEXT    NULL,
    MarginsOf     TEXT    NULL,
    ChairState    TEXT    NULL,
    ChairForum    TEXT    NULL,
    ChairMinister TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    CONSTRAINT PK_Meeting PRIMARY KEY (Id),
    CONSTRAINT FK_Meeting_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_Meeting_BodyId FOREIGN KEY (BodyId) REFERENCES Body (Id),
    CONSTRAINT FK_Meeting_Country FOREIGN KEY (Country) REFERENCES State (Code),
    CONSTRAINT FK_Meeting_Host FOREIGN KEY (Host) REFERENCES State (Code),
    CONSTRAINT FK_Meeting_MarginsOf FOREIGN KEY (MarginsOf) REFERENCES Meeting (Id),
    CONSTRAINT FK_Meeting_ChairState FOREIGN KEY (ChairState) REFERENCES State (Code),
    CONSTRAINT FK_Meeting_ChairForum FOREIGN KEY (ChairForum) REFERENCES Forum (Code),
    CONSTRAINT FK_Meeting_ChairMinister FOREIGN KEY (ChairMinister) REFERENCES Minister (Id)
);

CREATE INDEX IX_Meeting_ForumCode_FromEarliest_Id ON Meeting (ForumCode, FromEarliest, Id);

CREATE INDEX IX_Meeting_FromEarliest_Id ON Meeting (FromEarliest, Id);

CREATE INDEX IX_Meeting_SortName_Id ON Meeting (SortName, Id);

CREATE INDEX IX_Meeting_BodyId ON Meeting (BodyId);

CREATE INDEX IX_Meeting_Country ON Meeting (Country);

CREATE INDEX IX_Meeting_Host ON Meeting (Host);

CREATE INDEX IX_Meeting_MarginsOf ON Meeting (MarginsOf);

CREATE INDEX IX_Meeting_ChairState ON Meeting (ChairState);

CREATE INDEX IX_Meeting_ChairForum ON Meeting (ChairForum);

CREATE INDEX IX_Meeting_ChairMinister ON Meeting (ChairMinister);

CREATE TABLE MeetingHistory (
    Id            TEXT    NOT NULL,
    ForumCode     TEXT    NOT NULL,
    BodyId        TEXT    NULL,
    Kind          TEXT    NOT NULL,
    Format        TEXT    NOT NULL,
    Mode          TEXT    NULL,
    Ordinal       INTEGER NULL,
    Status        TEXT    NOT NULL,
    Name          TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    Country       TEXT    NULL,
    Host          TEXT    NULL,
    MarginsOf     TEXT    NULL,
    ChairState    TEXT    NULL,
    ChairForum    TEXT    NULL,
    ChairMinister TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_MeetingHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE MeetingParticipant (
    MeetingId    TEXT    NOT NULL,
    Position     INTEGER NOT NULL,
    StateCode    TEXT    NULL,
    ForumCode    TEXT    NULL,
    BodyId       TEXT    NULL,
    MinisterId   TEXT    NULL,
    Capacity     TEXT    NOT NULL,
    Version      INTEGER NOT NULL,
    RecordedFrom TEXT    NOT NULL,
    CONSTRAINT PK_MeetingParticipant PRIMARY KEY (MeetingId, Position),
    CONSTRAINT FK_MeetingParticipant_MeetingId FOREIGN KEY (MeetingId) REFERENCES Meeting (Id),
    CONSTRAINT FK_MeetingParticipant_StateCode FOREIGN KEY (StateCode) REFERENCES State (Code),
    CONSTRAINT FK_MeetingParticipant_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_MeetingParticipant_BodyId FOREIGN KEY (BodyId) REFERENCES Body (Id),
    CONSTRAINT FK_MeetingParticipant_MinisterId FOREIGN KEY (MinisterId) REFERENCES Minister (Id)
) WITHOUT ROWID;

CREATE INDEX IX_MeetingParticipant_MinisterId_MeetingId ON MeetingParticipant (MinisterId, MeetingId);

CREATE INDEX IX_MeetingParticipant_StateCode_MeetingId ON MeetingParticipant (StateCode, MeetingId);

CREATE INDEX IX_MeetingParticipant_ForumCode_MeetingId ON MeetingParticipant (ForumCode, MeetingId);

CREATE INDEX IX_MeetingParticipant_BodyId_MeetingId ON MeetingParticipant (BodyId, MeetingId);

CREATE TABLE MeetingParticipantHistory (
    MeetingId     TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    StateCode     TEXT    NULL,
    ForumCode     TEXT    NULL,
    BodyId        TEXT    NULL,
    MinisterId    TEXT    NULL,
    Capacity      TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_MeetingParticipantHistory PRIMARY KEY (MeetingId, Version, Position)
) WITHOUT ROWID;

CREATE TABLE Document (
    Id            TEXT    NOT NULL,
    Symbol        TEXT    NULL,
    Kind          TEXT    NOT NULL,
    ForumCode     TEXT    NULL,
    BodyId        TEXT    NULL,
    Status        TEXT    NOT NULL,
    Name          TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    CONSTRAINT PK_Document PRIMARY KEY (Id),
    CONSTRAINT FK_Document_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_Document_BodyId FOREIGN KEY (BodyId) REFERENCES Body (Id)
);

CREATE INDEX IX_Document_SortName_Id ON Document (SortName, Id);

CREATE INDEX IX_Document_ForumCode_Id ON Document (ForumCode, Id);

CREATE INDEX IX_Document_BodyId ON Document (BodyId);

CREATE INDEX IX_Document_Symbol ON Document (Symbol);

CREATE INDEX IX_Document_FromEarliest_Id ON Document (FromEarliest, Id);

CREATE TABLE DocumentHistory (
    Id            TEXT    NOT NULL,
    Symbol        TEXT    NULL,
    Kind          TEXT    NOT NULL,
    ForumCode     TEXT    NULL,
    BodyId        TEXT    NULL,
    Status        TEXT    NOT NULL,
    Name          TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_DocumentHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE DocumentStep (
    DocumentId    TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    Status        TEXT    NOT NULL,
    MeetingId     TEXT    NULL,
    OnText        TEXT    NOT NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    CONSTRAINT PK_DocumentStep PRIMARY KEY (DocumentId, Position),
    CONSTRAINT FK_DocumentStep_DocumentId FOREIGN KEY (DocumentId) REFERENCES Document (Id),
    CONSTRAINT FK_DocumentStep_MeetingId FOREIGN KEY (MeetingId) REFERENCES Meeting (Id)
) WITHOUT ROWID;

CREATE INDEX IX_DocumentStep_MeetingId_Status_DocumentId ON DocumentStep (MeetingId, Status, DocumentId);

CREATE TABLE DocumentStepHistory (
    DocumentId    TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    Status        TEXT    NOT NULL,
    MeetingId     TEXT    NULL,
    OnText        TEXT    NOT NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_DocumentStepHistory PRIMARY KEY (DocumentId, Version, Position)
) WITHOUT ROWID;

CREATE TABLE DocumentRelation (
    DocumentId   TEXT    NOT NULL,
    Position     INTEGER NOT NULL,
    Kind         TEXT    NOT NULL,
    TargetId     TEXT    NOT NULL,
    Version      INTEGER NOT NULL,
    RecordedFrom TEXT    NOT NULL,
    CONSTRAINT PK_DocumentRelation PRIMARY KEY (DocumentId, Position),
    CONSTRAINT FK_DocumentRelation_DocumentId FOREIGN KEY (DocumentId) REFERENCES Document (Id),
    CONSTRAINT FK_DocumentRelation_TargetId FOREIGN KEY (TargetId) REFERENCES Document (Id)
) WITHOUT ROWID;

CREATE INDEX IX_DocumentRelation_TargetId_Kind_DocumentId ON DocumentRelation (TargetId, Kind, DocumentId);

CREATE TABLE DocumentRelationHistory (
    DocumentId    TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    Kind          TEXT    NOT NULL,
    TargetId      TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_DocumentRelationHistory PRIMARY KEY (DocumentId, Version, Position)
) WITHOUT ROWID;

CREATE TABLE Outcome (
    Id            TEXT    NOT NULL,
    MeetingId     TEXT    NOT NULL,
    AgendaItem    TEXT    NULL,
    Verb          TEXT    NOT NULL,
    DocumentId    TEXT    NULL,
    Name          TEXT    NOT NULL,
    FollowUp      TEXT    NULL,
    DueText       TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    CONSTRAINT PK_Outcome PRIMARY KEY (Id),
    CONSTRAINT FK_Outcome_MeetingId FOREIGN KEY (MeetingId) REFERENCES Meeting (Id),
    CONSTRAINT FK_Outcome_DocumentId FOREIGN KEY (DocumentId) REFERENCES Document (Id)
);

CREATE INDEX IX_Outcome_MeetingId_Id ON Outcome (MeetingId, Id);

CREATE INDEX IX_Outcome_DocumentId ON Outcome (DocumentId);

CREATE INDEX IX_Outcome_FollowUp_UntilLatest_Id ON Outcome (FollowUp, UntilLatest, Id);

CREATE INDEX IX_Outcome_Verb_Id ON Outcome (Verb, Id);

CREATE TABLE OutcomeHistory (
    Id            TEXT    NOT NULL,
    MeetingId     TEXT    NOT NULL,
    AgendaItem    TEXT    NULL,
    Verb          TEXT    NOT NULL,
    DocumentId    TEXT    NULL,
    Name          TEXT    NOT NULL,
    FollowUp      TEXT    NULL,
    DueText       TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_OutcomeHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE OutcomeSubject (
    OutcomeId    TEXT    NOT NULL,
    Position     INTEGER NOT NULL,
    Role         TEXT    NOT NULL,
    StateCode    TEXT    NULL,
    ForumCode    TEXT    NULL,
    BodyId       TEXT    NULL,
    MinisterId   TEXT    NULL,
    Version      INTEGER NOT NULL,
    RecordedFrom TEXT    NOT NULL,
    CONSTRAINT PK_OutcomeSubject PRIMARY KEY (OutcomeId, Position),
    CONSTRAINT FK_OutcomeSubject_OutcomeId FOREIGN KEY (OutcomeId) REFERENCES Outcome (Id),
    CONSTRAINT FK_OutcomeSubject_StateCode FOREIGN KEY (StateCode) REFERENCES State (Code),
    CONSTRAINT FK_OutcomeSubject_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_OutcomeSubject_BodyId FOREIGN KEY (BodyId) REFERENCES Body (Id),
    CONSTRAINT FK_OutcomeSubject_MinisterId FOREIGN KEY (MinisterId) REFERENCES Minister (Id)
) WITHOUT ROWID;

CREATE INDEX IX_OutcomeSubject_StateCode_Role_OutcomeId ON OutcomeSubject (StateCode, Role, OutcomeId);

CREATE INDEX IX_OutcomeSubject_ForumCode_Role_OutcomeId ON OutcomeSubject (ForumCode, Role, OutcomeId);

CREATE INDEX IX_OutcomeSubject_BodyId_Role_OutcomeId ON OutcomeSubject (BodyId, Role, OutcomeId);

CREATE INDEX IX_OutcomeSubject_MinisterId_Role_OutcomeId ON OutcomeSubject (MinisterId, Role, OutcomeId);

CREATE TABLE OutcomeSubjectHistory (
    OutcomeId     TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    Role          TEXT    NOT NULL,
    StateCode     TEXT    NULL,
    ForumCode     TEXT    NULL,
    BodyId        TEXT    NULL,
    MinisterId    TEXT    NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_OutcomeSubjectHistory PRIMARY KEY (OutcomeId, Version, Position)
) WITHOUT ROWID;

CREATE TABLE OutcomeFulfilment (
    OutcomeId    TEXT    NOT NULL,
    Position     INTEGER NOT NULL,
    FulfilledId  TEXT    NOT NULL,
    Version      INTEGER NOT NULL,
    RecordedFrom TEXT    NOT NULL,
    CONSTRAINT PK_OutcomeFulfilment PRIMARY KEY (OutcomeId, Position),
    CONSTRAINT FK_OutcomeFulfilment_OutcomeId FOREIGN KEY (OutcomeId) REFERENCES Outcome (Id),
    CONSTRAINT FK_OutcomeFulfilment_FulfilledId FOREIGN KEY (FulfilledId) REFERENCES Outcome (Id)
) WITHOUT ROWID;

CREATE INDEX IX_OutcomeFulfilment_FulfilledId_OutcomeId ON OutcomeFulfilment (FulfilledId, OutcomeId);

CREATE TABLE OutcomeFulfilmentHistory (
    OutcomeId     TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    FulfilledId   TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_OutcomeFulfilmentHistory PRIMARY KEY (OutcomeId, Version, Position)
) WITHOUT ROWID;

CREATE TABLE DocumentFulfilment (
    DocumentId   TEXT    NOT NULL,
    Position     INTEGER NOT NULL,
    FulfilledId  TEXT    NOT NULL,
    Step         TEXT    NOT NULL,
    Version      INTEGER NOT NULL,
    RecordedFrom TEXT    NOT NULL,
    CONSTRAINT PK_DocumentFulfilment PRIMARY KEY (DocumentId, Position),
    CONSTRAINT FK_DocumentFulfilment_DocumentId FOREIGN KEY (DocumentId) REFERENCES Document (Id),
    CONSTRAINT FK_DocumentFulfilment_FulfilledId FOREIGN KEY (FulfilledId) REFERENCES Outcome (Id)
) WITHOUT ROWID;

CREATE INDEX IX_DocumentFulfilment_FulfilledId_DocumentId ON DocumentFulfilment (FulfilledId, DocumentId);

CREATE TABLE DocumentFulfilmentHistory (
    DocumentId    TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    FulfilledId   TEXT    NOT NULL,
    Step          TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_DocumentFulfilmentHistory PRIMARY KEY (DocumentId, Version, Position)
) WITHOUT ROWID;
