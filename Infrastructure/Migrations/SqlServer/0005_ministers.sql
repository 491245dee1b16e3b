CREATE TABLE Minister (
    Id            NVARCHAR(120) NOT NULL,
    Name          NVARCHAR(300) NOT NULL,
    SortName      NVARCHAR(300) NOT NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Record        NVARCHAR(MAX) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_Minister PRIMARY KEY (Id)
);

CREATE INDEX IX_Minister_SortName_Id ON Minister (SortName, Id);

CREATE TABLE MinisterHistory (
    Id            NVARCHAR(120) NOT NULL,
    Name          NVARCHAR(300) NOT NULL,
    SortName      NVARCHAR(300) NOT NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Record        NVARCHAR(MAX) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_MinisterHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE MinisterIdentifier (
    MinisterId   NVARCHAR(120) NOT NULL,
    Position     INT           NOT NULL,
    Scheme       NVARCHAR(32)  NOT NULL,
    Value        NVARCHAR(100) NOT NULL,
    Version      INT           NOT NULL,
    RecordedFrom DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_MinisterIdentifier PRIMARY KEY (MinisterId, Position),
    CONSTRAINT FK_MinisterIdentifier_MinisterId FOREIGN KEY (MinisterId) REFERENCES Minister (Id)
);

CREATE INDEX IX_MinisterIdentifier_Value_Scheme_MinisterId ON MinisterIdentifier (Value, Scheme, MinisterId);

CREATE TABLE MinisterIdentifierHistory (
    MinisterId    NVARCHAR(120) NOT NULL,
    Position      INT           NOT NULL,
    Scheme        NVARCHAR(32)  NOT NULL,
    Value         NVARCHAR(100) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_MinisterIdentifierHistory PRIMARY KEY (MinisterId, Version, Position)
);

CREATE TABLE Post (
    Id            NVARCHAR(120) NOT NULL,
    Kind          NVARCHAR(32)  NOT NULL,
    StateCode     NVARCHAR(3)   NULL,
    ForumCode     NVARCHAR(16)  NULL,
    BodyId        NVARCHAR(100) NULL,
    AccreditedTo  NVARCHAR(16)  NULL,
    SingleHolder  INT           NOT NULL,
    Name          NVARCHAR(300) NOT NULL,
    SortName      NVARCHAR(300) NOT NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Record        NVARCHAR(MAX) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_Post PRIMARY KEY (Id),
    CONSTRAINT FK_Post_StateCode FOREIGN KEY (StateCode) REFERENCES State (Code),
    CONSTRAINT FK_Post_ForumCode FOREIGN KEY (ForumCode) REFERENCES Forum (Code),
    CONSTRAINT FK_Post_BodyId FOREIGN KEY (BodyId) REFERENCES Body (Id),
    CONSTRAINT FK_Post_AccreditedTo FOREIGN KEY (AccreditedTo) REFERENCES Forum (Code)
);

CREATE INDEX IX_Post_SortName_Id ON Post (SortName, Id);

CREATE INDEX IX_Post_StateCode_Kind_Id ON Post (StateCode, Kind, Id);

CREATE INDEX IX_Post_ForumCode_Kind_Id ON Post (ForumCode, Kind, Id);

CREATE INDEX IX_Post_BodyId ON Post (BodyId);

CREATE INDEX IX_Post_AccreditedTo ON Post (AccreditedTo);

CREATE TABLE PostHistory (
    Id            NVARCHAR(120) NOT NULL,
    Kind          NVARCHAR(32)  NOT NULL,
    StateCode     NVARCHAR(3)   NULL,
    ForumCode     NVARCHAR(16)  NULL,
    BodyId        NVARCHAR(100) NULL,
    AccreditedTo  NVARCHAR(16)  NULL,
    SingleHolder  INT           NOT NULL,
    Name          NVARCHAR(300) NOT NULL,
    SortName      NVARCHAR(300) NOT NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Record        NVARCHAR(MAX) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_PostHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE Appointment (
    Id            NVARCHAR(120) NOT NULL,
    PostId        NVARCHAR(120) NOT NULL,
    MinisterId    NVARCHAR(120) NOT NULL,
    Acting        INT           NOT NULL,
    FromText      NVARCHAR(10)  NOT NULL,
    UntilText     NVARCHAR(10)  NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Record        NVARCHAR(MAX) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_Appointment PRIMARY KEY (Id),
    CONSTRAINT FK_Appointment_PostId FOREIGN KEY (PostId) REFERENCES Post (Id),
    CONSTRAINT FK_Appointment_MinisterId FOREIGN KEY (MinisterId) REFERENCES Minister (Id)
);

CREATE INDEX IX_Appointment_PostId_FromEarliest_Id ON Appointment (PostId, FromEarliest, Id);

CREATE INDEX IX_Appointment_MinisterId_FromEarliest_Id ON Appointment (MinisterId, FromEarliest, Id);

CREATE INDEX IX_Appointment_FromEarliest_Id ON Appointment (FromEarliest, Id);

CREATE TABLE AppointmentHistory (
    Id            NVARCHAR(120) NOT NULL,
    PostId        NVARCHAR(120) NOT NULL,
    MinisterId    NVARCHAR(120) NOT NULL,
    Acting        INT           NOT NULL,
    FromText      NVARCHAR(10)  NOT NULL,
    UntilText     NVARCHAR(10)  NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Record        NVARCHAR(MAX) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_AppointmentHistory PRIMARY KEY (Id, Version)
);
