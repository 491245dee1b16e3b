CREATE TABLE Minister (
    Id            TEXT    NOT NULL,
    Name          TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    CONSTRAINT PK_Minister PRIMARY KEY (Id)
);

CREATE INDEX IX_Minister_SortName_Id ON Minister (SortName, Id);

CREATE TABLE MinisterHistory (
    Id            TEXT    NOT NULL,
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
    CONSTRAINT PK_MinisterHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE MinisterIdentifier (
    MinisterId   TEXT    NOT NULL,
    Position     INTEGER NOT NULL,
    Scheme       TEXT    NOT NULL,
    Value        TEXT    NOT NULL,
    Version      INTEGER NOT NULL,
    RecordedFrom TEXT    NOT NULL,
    CONSTRAINT PK_MinisterIdentifier PRIMARY KEY (MinisterId, Position),
    CONSTRAINT FK_MinisterIdentifier_MinisterId FOREIGN KEY (MinisterId) REFERENCES Minister (Id)
) WITHOUT ROWID;

CREATE INDEX IX_MinisterIdentifier_Value_Scheme_MinisterId ON MinisterIdentifier (Value, Scheme, MinisterId);

CREATE TABLE MinisterIdentifierHistory (
    MinisterId    TEXT    NOT NULL,
    Position      INTEGER NOT NULL,
    Scheme        TEXT    NOT NULL,
    Value         TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_MinisterIdentifierHistory PRIMARY KEY (MinisterId, Version, Position)
) WITHOUT ROWID;

CREATE TABLE Post (
    Id            TEXT    NOT NULL,
    Kind          TEXT    NOT NULL,
    StateCode     TEXT    NULL,
    ForumCode     TEXT    NULL,
    BodyId        TEXT    NULL,
    AccreditedTo  TEXT    NULL,
    SingleHolder  INTEGER NOT NULL,
    Name          TEXT    NOT NULL,
    SortName      TEXT    NOT NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
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
    Id            TEXT    NOT NULL,
    Kind          TEXT    NOT NULL,
    StateCode     TEXT    NULL,
    ForumCode     TEXT    NULL,
    BodyId        TEXT    NULL,
    AccreditedTo  TEXT    NULL,
    SingleHolder  INTEGER NOT NULL,
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
    CONSTRAINT PK_PostHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE Appointment (
    Id            TEXT    NOT NULL,
    PostId        TEXT    NOT NULL,
    MinisterId    TEXT    NOT NULL,
    Acting        INTEGER NOT NULL,
    FromText      TEXT    NOT NULL,
    UntilText     TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    CONSTRAINT PK_Appointment PRIMARY KEY (Id),
    CONSTRAINT FK_Appointment_PostId FOREIGN KEY (PostId) REFERENCES Post (Id),
    CONSTRAINT FK_Appointment_MinisterId FOREIGN KEY (MinisterId) REFERENCES Minister (Id)
);

CREATE INDEX IX_Appointment_PostId_FromEarliest_Id ON Appointment (PostId, FromEarliest, Id);

CREATE INDEX IX_Appointment_MinisterId_FromEarliest_Id ON Appointment (MinisterId, FromEarliest, Id);

CREATE INDEX IX_Appointment_FromEarliest_Id ON Appointment (FromEarliest, Id);

CREATE TABLE AppointmentHistory (
    Id            TEXT    NOT NULL,
    PostId        TEXT    NOT NULL,
    MinisterId    TEXT    NOT NULL,
    Acting        INTEGER NOT NULL,
    FromText      TEXT    NOT NULL,
    UntilText     TEXT    NULL,
    FromEarliest  TEXT    NOT NULL,
    FromLatest    TEXT    NOT NULL,
    UntilEarliest TEXT    NOT NULL,
    UntilLatest   TEXT    NOT NULL,
    Record        TEXT    NOT NULL,
    Version       INTEGER NOT NULL,
    RecordedFrom  TEXT    NOT NULL,
    RecordedUntil TEXT    NOT NULL,
    CONSTRAINT PK_AppointmentHistory PRIMARY KEY (Id, Version)
);
