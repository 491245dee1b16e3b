CREATE TABLE Forum (
    Code          NVARCHAR(16)  NOT NULL,
    Name          NVARCHAR(300) NOT NULL,
    SortName      NVARCHAR(300) NOT NULL,
    SeatCountry   NVARCHAR(3)   NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Record        NVARCHAR(MAX) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_Forum PRIMARY KEY (Code),
    CONSTRAINT FK_Forum_SeatCountry FOREIGN KEY (SeatCountry) REFERENCES State (Code)
);

CREATE INDEX IX_Forum_SortName_Code ON Forum (SortName, Code);

CREATE INDEX IX_Forum_FromEarliest_Code ON Forum (FromEarliest, Code);

CREATE INDEX IX_Forum_SeatCountry_Code ON Forum (SeatCountry, Code);

CREATE TABLE ForumHistory (
    Code          NVARCHAR(16)  NOT NULL,
    Name          NVARCHAR(300) NOT NULL,
    SortName      NVARCHAR(300) NOT NULL,
    SeatCountry   NVARCHAR(3)   NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Record        NVARCHAR(MAX) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_ForumHistory PRIMARY KEY (Code, Version)
);

CREATE TABLE ForumIdentifier (
    ForumCode    NVARCHAR(16)  NOT NULL,
    Position     INT           NOT NULL,
    Scheme       NVARCHAR(32)  NOT NULL,
    Value        NVARCHAR(100) NOT NULL,
    Version      INT           NOT NULL,
    RecordedFrom DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_ForumIdentifier PRIMARY KEY (ForumCode, Position),
    CONSTRAINT FK_ForumIdentifier_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code)
);

CREATE INDEX IX_ForumIdentifier_Value_Scheme_ForumCode ON ForumIdentifier (Value, Scheme, ForumCode);

CREATE TABLE ForumIdentifierHistory (
    ForumCode     NVARCHAR(16)  NOT NULL,
    Position      INT           NOT NULL,
    Scheme        NVARCHAR(32)  NOT NULL,
    Value         NVARCHAR(100) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_ForumIdentifierHistory PRIMARY KEY (ForumCode, Version, Position)
);

CREATE TABLE ForumPredecessor (
    ForumCode       NVARCHAR(16) NOT NULL,
    Position        INT          NOT NULL,
    PredecessorCode NVARCHAR(16) NOT NULL,
    Version         INT          NOT NULL,
    RecordedFrom    DATETIME2(6) NOT NULL,
    CONSTRAINT PK_ForumPredecessor PRIMARY KEY (ForumCode, Position),
    CONSTRAINT FK_ForumPredecessor_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_ForumPredecessor_PredecessorCode FOREIGN KEY (PredecessorCode) REFERENCES Forum (Code)
);

CREATE INDEX IX_ForumPredecessor_PredecessorCode_ForumCode ON ForumPredecessor (PredecessorCode, ForumCode);

CREATE TABLE ForumPredecessorHistory (
    ForumCode       NVARCHAR(16) NOT NULL,
    Position        INT          NOT NULL,
    PredecessorCode NVARCHAR(16) NOT NULL,
    Version         INT          NOT NULL,
    RecordedFrom    DATETIME2(6) NOT NULL,
    RecordedUntil   DATETIME2(6) NOT NULL,
    CONSTRAINT PK_ForumPredecessorHistory PRIMARY KEY (ForumCode, Version, Position)
);

CREATE TABLE ForumStage (
    ForumCode     NVARCHAR(16) NOT NULL,
    Position      INT          NOT NULL,
    Nature        NVARCHAR(16) NOT NULL,
    FromEarliest  DATE         NOT NULL,
    FromLatest    DATE         NOT NULL,
    UntilEarliest DATE         NOT NULL,
    UntilLatest   DATE         NOT NULL,
    Version       INT          NOT NULL,
    RecordedFrom  DATETIME2(6) NOT NULL,
    CONSTRAINT PK_ForumStage PRIMARY KEY (ForumCode, Position),
    CONSTRAINT FK_ForumStage_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code)
);

CREATE TABLE ForumStageHistory (
    ForumCode     NVARCHAR(16) NOT NULL,
    Position      INT          NOT NULL,
    Nature        NVARCHAR(16) NOT NULL,
    FromEarliest  DATE         NOT NULL,
    FromLatest    DATE         NOT NULL,
    UntilEarliest DATE         NOT NULL,
    UntilLatest   DATE         NOT NULL,
    Version       INT          NOT NULL,
    RecordedFrom  DATETIME2(6) NOT NULL,
    RecordedUntil DATETIME2(6) NOT NULL,
    CONSTRAINT PK_ForumStageHistory PRIMARY KEY (ForumCode, Version, Position)
);

CREATE TABLE Body (
    Id            NVARCHAR(100) NOT NULL,
    ForumCode     NVARCHAR(16)  NOT NULL,
    Code          NVARCHAR(64)  NOT NULL,
    ParentId      NVARCHAR(100) NULL,
    Kind          NVARCHAR(16)  NOT NULL,
    Name          NVARCHAR(300) NOT NULL,
    SortName      NVARCHAR(300) NOT NULL,
    SeatCountry   NVARCHAR(3)   NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Record        NVARCHAR(MAX) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_Body PRIMARY KEY (Id),
    CONSTRAINT FK_Body_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_Body_ParentId FOREIGN KEY (ParentId) REFERENCES Body (Id),
    CONSTRAINT FK_Body_SeatCountry FOREIGN KEY (SeatCountry) REFERENCES State (Code)
);

CREATE INDEX IX_Body_ForumCode_Code ON Body (ForumCode, Code);

CREATE INDEX IX_Body_ParentId ON Body (ParentId);

CREATE TABLE BodyHistory (
    Id            NVARCHAR(100) NOT NULL,
    ForumCode     NVARCHAR(16)  NOT NULL,
    Code          NVARCHAR(64)  NOT NULL,
    ParentId      NVARCHAR(100) NULL,
    Kind          NVARCHAR(16)  NOT NULL,
    Name          NVARCHAR(300) NOT NULL,
    SortName      NVARCHAR(300) NOT NULL,
    SeatCountry   NVARCHAR(3)   NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Record        NVARCHAR(MAX) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_BodyHistory PRIMARY KEY (Id, Version)
);
