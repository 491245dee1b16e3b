CREATE TABLE Meeting (
    Id            NVARCHAR(120)  NOT NULL,
    ForumCode     NVARCHAR(16)   NOT NULL,
    BodyId        NVARCHAR(100)  NULL,
    Kind          NVARCHAR(32)   NOT NULL,
    Format        NVARCHAR(32)   NOT NULL,
    Mode          NVARCHAR(32)   NULL,
    Ordinal       INT            NULL,
    Status        NVARCHAR(32)   NOT NULL,
    Name          NVARCHAR(2000) NOT NULL,
    SortName      NVARCHAR(300)  NOT NULL,
    Country       NVARCHAR(3)    NULL,
    Host          NVARCHAR(3)    NULL,
    MarginsOf     NVARCHAR(120)  NULL,
    ChairState    NVARCHAR(3)    NULL,
    ChairForum    NVARCHAR(16)   NULL,
    ChairMinister NVARCHAR(120)  NULL,
    FromEarliest  DATE           NOT NULL,
    FromLatest    DATE           NOT NULL,
    UntilEarliest DATE           NOT NULL,
    UntilLatest   DATE           NOT NULL,
    Record        NVARCHAR(MAX)  NOT NULL,
    Version       INT            NOT NULL,
    RecordedFrom  DATETIME2(6)   NOT NULL,
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
    Id            NVARCHAR(120)  NOT NULL,
    ForumCode     NVARCHAR(16)   NOT NULL,
    BodyId        NVARCHAR(100)  NULL,
    Kind          NVARCHAR(32)   NOT NULL,
    Format        NVARCHAR(32)   NOT NULL,
    Mode          NVARCHAR(32)   NULL,
    Ordinal       INT            NULL,
    Status        NVARCHAR(32)   NOT NULL,
    Name          NVARCHAR(2000) NOT NULL,
    SortName      NVARCHAR(300)  NOT NULL,
    Country       NVARCHAR(3)    NULL,
    Host          NVARCHAR(3)    NULL,
    MarginsOf     NVARCHAR(120)  NULL,
    ChairState    NVARCHAR(3)    NULL,
    ChairForum    NVARCHAR(16)   NULL,
    ChairMinister NVARCHAR(120)  NULL,
    FromEarliest  DATE           NOT NULL,
    FromLatest    DATE           NOT NULL,
    UntilEarliest DATE           NOT NULL,
    UntilLatest   DATE           NOT NULL,
    Record        NVARCHAR(MAX)  NOT NULL,
    Version       INT            NOT NULL,
    RecordedFrom  DATETIME2(6)   NOT NULL,
    RecordedUntil DATETIME2(6)   NOT NULL,
    CONSTRAINT PK_MeetingHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE MeetingParticipant (
    MeetingId    NVARCHAR(120) NOT NULL,
    Position     INT           NOT NULL,
    StateCode    NVARCHAR(3)   NULL,
    ForumCode    NVARCHAR(16)  NULL,
    BodyId       NVARCHAR(100) NULL,
    MinisterId   NVARCHAR(120) NULL,
    Capacity     NVARCHAR(32)  NOT NULL,
    Version      INT           NOT NULL,
    RecordedFrom DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_MeetingParticipant PRIMARY KEY (MeetingId, Position),
    CONSTRAINT FK_MeetingParticipant_MeetingId FOREIGN KEY (MeetingId) REFERENCES Meeting (Id),
    CONSTRAINT FK_MeetingParticipant_StateCode FOREIGN KEY (StateCode) REFERENCES State (Code),
    CONSTRAINT FK_MeetingParticipant_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_MeetingParticipant_BodyId FOREIGN KEY (BodyId) REFERENCES Body (Id),
    CONSTRAINT FK_MeetingParticipant_MinisterId FOREIGN KEY (MinisterId) REFERENCES Minister (Id)
);

CREATE INDEX IX_MeetingParticipant_MinisterId_MeetingId ON MeetingParticipant (MinisterId, MeetingId);

CREATE INDEX IX_MeetingParticipant_StateCode_MeetingId ON MeetingParticipant (StateCode, MeetingId);

CREATE INDEX IX_MeetingParticipant_ForumCode_MeetingId ON MeetingParticipant (ForumCode, MeetingId);

CREATE INDEX IX_MeetingParticipant_BodyId_MeetingId ON MeetingParticipant (BodyId, MeetingId);

CREATE TABLE MeetingParticipantHistory (
    MeetingId     NVARCHAR(120) NOT NULL,
    Position      INT           NOT NULL,
    StateCode     NVARCHAR(3)   NULL,
    ForumCode     NVARCHAR(16)  NULL,
    BodyId        NVARCHAR(100) NULL,
    MinisterId    NVARCHAR(120) NULL,
    Capacity      NVARCHAR(32)  NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_MeetingParticipantHistory PRIMARY KEY (MeetingId, Version, Position)
);

CREATE TABLE Document (
    Id            NVARCHAR(120)  NOT NULL,
    Symbol        NVARCHAR(100)  NULL,
    Kind          NVARCHAR(32)   NOT NULL,
    ForumCode     NVARCHAR(16)   NULL,
    BodyId        NVARCHAR(100)  NULL,
    Status        NVARCHAR(32)   NOT NULL,
    Name          NVARCHAR(2000) NOT NULL,
    SortName      NVARCHAR(300)  NOT NULL,
    FromEarliest  DATE           NOT NULL,
    FromLatest    DATE           NOT NULL,
    UntilEarliest DATE           NOT NULL,
    UntilLatest   DATE           NOT NULL,
    Record        NVARCHAR(MAX)  NOT NULL,
    Version       INT            NOT NULL,
    RecordedFrom  DATETIME2(6)   NOT NULL,
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
    Id            NVARCHAR(120)  NOT NULL,
    Symbol        NVARCHAR(100)  NULL,
    Kind          NVARCHAR(32)   NOT NULL,
    ForumCode     NVARCHAR(16)   NULL,
    BodyId        NVARCHAR(100)  NULL,
    Status        NVARCHAR(32)   NOT NULL,
    Name          NVARCHAR(2000) NOT NULL,
    SortName      NVARCHAR(300)  NOT NULL,
    FromEarliest  DATE           NOT NULL,
    FromLatest    DATE           NOT NULL,
    UntilEarliest DATE           NOT NULL,
    UntilLatest   DATE           NOT NULL,
    Record        NVARCHAR(MAX)  NOT NULL,
    Version       INT            NOT NULL,
    RecordedFrom  DATETIME2(6)   NOT NULL,
    RecordedUntil DATETIME2(6)   NOT NULL,
    CONSTRAINT PK_DocumentHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE DocumentStep (
    DocumentId    NVARCHAR(120) NOT NULL,
    Position      INT           NOT NULL,
    Status        NVARCHAR(32)  NOT NULL,
    MeetingId     NVARCHAR(120) NULL,
    OnText        NVARCHAR(10)  NOT NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_DocumentStep PRIMARY KEY (DocumentId, Position),
    CONSTRAINT FK_DocumentStep_DocumentId FOREIGN KEY (DocumentId) REFERENCES Document (Id),
    CONSTRAINT FK_DocumentStep_MeetingId FOREIGN KEY (MeetingId) REFERENCES Meeting (Id)
);

CREATE INDEX IX_DocumentStep_MeetingId_Status_DocumentId ON DocumentStep (MeetingId, Status, DocumentId);

CREATE TABLE DocumentStepHistory (
    DocumentId    NVARCHAR(120) NOT NULL,
    Position      INT           NOT NULL,
    Status        NVARCHAR(32)  NOT NULL,
    MeetingId     NVARCHAR(120) NULL,
    OnText        NVARCHAR(10)  NOT NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_DocumentStepHistory PRIMARY KEY (DocumentId, Version, Position)
);

CREATE TABLE DocumentRelation (
    DocumentId   NVARCHAR(120) NOT NULL,
    Position     INT           NOT NULL,
    Kind         NVARCHAR(32)  NOT NULL,
    TargetId     NVARCHAR(120) NOT NULL,
    Version      INT           NOT NULL,
    RecordedFrom DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_DocumentRelation PRIMARY KEY (DocumentId, Position),
    CONSTRAINT FK_DocumentRelation_DocumentId FOREIGN KEY (DocumentId) REFERENCES Document (Id),
    CONSTRAINT FK_DocumentRelation_TargetId FOREIGN KEY (TargetId) REFERENCES Document (Id)
);

CREATE INDEX IX_DocumentRelation_TargetId_Kind_DocumentId ON DocumentRelation (TargetId, Kind, DocumentId);

CREATE TABLE DocumentRelationHistory (
    DocumentId    NVARCHAR(120) NOT NULL,
    Position      INT           NOT NULL,
    Kind          NVARCHAR(32)  NOT NULL,
    TargetId      NVARCHAR(120) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_DocumentRelationHistory PRIMARY KEY (DocumentId, Version, Position)
);

CREATE TABLE Outcome (
    Id            NVARCHAR(120)  NOT NULL,
    MeetingId     NVARCHAR(120)  NOT NULL,
    AgendaItem    NVARCHAR(40)   NULL,
    Verb          NVARCHAR(32)   NOT NULL,
    DocumentId    NVARCHAR(120)  NULL,
    Name          NVARCHAR(2000) NOT NULL,
    FollowUp      NVARCHAR(32)   NULL,
    DueText       NVARCHAR(10)   NULL,
    FromEarliest  DATE           NOT NULL,
    FromLatest    DATE           NOT NULL,
    UntilEarliest DATE           NOT NULL,
    UntilLatest   DATE           NOT NULL,
    Record        NVARCHAR(MAX)  NOT NULL,
    Version       INT            NOT NULL,
    RecordedFrom  DATETIME2(6)   NOT NULL,
    CONSTRAINT PK_Outcome PRIMARY KEY (Id),
    CONSTRAINT FK_Outcome_MeetingId FOREIGN KEY (MeetingId) REFERENCES Meeting (Id),
    CONSTRAINT FK_Outcome_DocumentId FOREIGN KEY (DocumentId) REFERENCES Document (Id)
);

CREATE INDEX IX_Outcome_MeetingId_Id ON Outcome (MeetingId, Id);

CREATE INDEX IX_Outcome_DocumentId ON Outcome (DocumentId);

CREATE INDEX IX_Outcome_FollowUp_UntilLatest_Id ON Outcome (FollowUp, UntilLatest, Id);

CREATE INDEX IX_Outcome_Verb_Id ON Outcome (Verb, Id);

CREATE TABLE OutcomeHistory (
    Id            NVARCHAR(120)  NOT NULL,
    MeetingId     NVARCHAR(120)  NOT NULL,
    AgendaItem    NVARCHAR(40)   NULL,
    Verb          NVARCHAR(32)   NOT NULL,
    DocumentId    NVARCHAR(120)  NULL,
    Name          NVARCHAR(2000) NOT NULL,
    FollowUp      NVARCHAR(32)   NULL,
    DueText       NVARCHAR(10)   NULL,
    FromEarliest  DATE           NOT NULL,
    FromLatest    DATE           NOT NULL,
    UntilEarliest DATE           NOT NULL,
    UntilLatest   DATE           NOT NULL,
    Record        NVARCHAR(MAX)  NOT NULL,
    Version       INT            NOT NULL,
    RecordedFrom  DATETIME2(6)   NOT NULL,
    RecordedUntil DATETIME2(6)   NOT NULL,
    CONSTRAINT PK_OutcomeHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE OutcomeSubject (
    OutcomeId    NVARCHAR(120) NOT NULL,
    Position     INT           NOT NULL,
    Role         NVARCHAR(32)  NOT NULL,
    StateCode    NVARCHAR(3)   NULL,
    ForumCode    NVARCHAR(16)  NULL,
    BodyId       NVARCHAR(100) NULL,
    MinisterId   NVARCHAR(120) NULL,
    Version      INT           NOT NULL,
    RecordedFrom DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_OutcomeSubject PRIMARY KEY (OutcomeId, Position),
    CONSTRAINT FK_OutcomeSubject_OutcomeId FOREIGN KEY (OutcomeId) REFERENCES Outcome (Id),
    CONSTRAINT FK_OutcomeSubject_StateCode FOREIGN KEY (StateCode) REFERENCES State (Code),
    CONSTRAINT FK_OutcomeSubject_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_OutcomeSubject_BodyId FOREIGN KEY (BodyId) REFERENCES Body (Id),
    CONSTRAINT FK_OutcomeSubject_MinisterId FOREIGN KEY (MinisterId) REFERENCES Minister (Id)
);

CREATE INDEX IX_OutcomeSubject_StateCode_Role_OutcomeId ON OutcomeSubject (StateCode, Role, OutcomeId);

CREATE INDEX IX_OutcomeSubject_ForumCode_Role_OutcomeId ON OutcomeSubject (ForumCode, Role, OutcomeId);

CREATE INDEX IX_OutcomeSubject_BodyId_Role_OutcomeId ON OutcomeSubject (BodyId, Role, OutcomeId);

CREATE INDEX IX_OutcomeSubject_MinisterId_Role_OutcomeId ON OutcomeSubject (MinisterId, Role, OutcomeId);

CREATE TABLE OutcomeSubjectHistory (
    OutcomeId     NVARCHAR(120) NOT NULL,
    Position      INT           NOT NULL,
    Role          NVARCHAR(32)  NOT NULL,
    StateCode     NVARCHAR(3)   NULL,
    ForumCode     NVARCHAR(16)  NULL,
    BodyId        NVARCHAR(100) NULL,
    MinisterId    NVARCHAR(120) NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_OutcomeSubjectHistory PRIMARY KEY (OutcomeId, Version, Position)
);

CREATE TABLE OutcomeFulfilment (
    OutcomeId    NVARCHAR(120) NOT NULL,
    Position     INT           NOT NULL,
    FulfilledId  NVARCHAR(120) NOT NULL,
    Version      INT           NOT NULL,
    RecordedFrom DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_OutcomeFulfilment PRIMARY KEY (OutcomeId, Position),
    CONSTRAINT FK_OutcomeFulfilment_OutcomeId FOREIGN KEY (OutcomeId) REFERENCES Outcome (Id),
    CONSTRAINT FK_OutcomeFulfilment_FulfilledId FOREIGN KEY (FulfilledId) REFERENCES Outcome (Id)
);

CREATE INDEX IX_OutcomeFulfilment_FulfilledId_OutcomeId ON OutcomeFulfilment (FulfilledId, OutcomeId);

CREATE TABLE OutcomeFulfilmentHistory (
    OutcomeId     NVARCHAR(120) NOT NULL,
    Position      INT           NOT NULL,
    FulfilledId   NVARCHAR(120) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_OutcomeFulfilmentHistory PRIMARY KEY (OutcomeId, Version, Position)
);

CREATE TABLE DocumentFulfilment (
    DocumentId   NVARCHAR(120) NOT NULL,
    Position     INT           NOT NULL,
    FulfilledId  NVARCHAR(120) NOT NULL,
    Step         NVARCHAR(32)  NOT NULL,
    Version      INT           NOT NULL,
    RecordedFrom DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_DocumentFulfilment PRIMARY KEY (DocumentId, Position),
    CONSTRAINT FK_DocumentFulfilment_DocumentId FOREIGN KEY (DocumentId) REFERENCES Document (Id),
    CONSTRAINT FK_DocumentFulfilment_FulfilledId FOREIGN KEY (FulfilledId) REFERENCES Outcome (Id)
);

CREATE INDEX IX_DocumentFulfilment_FulfilledId_DocumentId ON DocumentFulfilment (FulfilledId, DocumentId);

CREATE TABLE DocumentFulfilmentHistory (
    DocumentId    NVARCHAR(120) NOT NULL,
    Position      INT           NOT NULL,
    FulfilledId   NVARCHAR(120) NOT NULL,
    Step          NVARCHAR(32)  NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_DocumentFulfilmentHistory PRIMARY KEY (DocumentId, Version, Position)
);
