-- Record holds a state whole, as it is served; the other columns and tables are its index.

CREATE TABLE State (
    Code          NVARCHAR(3)   NOT NULL,
    Name          NVARCHAR(300) NOT NULL,
    SortName      NVARCHAR(300) NOT NULL,
    Region        NVARCHAR(16)  NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Record        NVARCHAR(MAX) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_State PRIMARY KEY (Code)
);

CREATE INDEX IX_State_SortName_Code ON State (SortName, Code);

CREATE INDEX IX_State_Region_Code ON State (Region, Code);

CREATE TABLE StateHistory (
    Code          NVARCHAR(3)   NOT NULL,
    Name          NVARCHAR(300) NOT NULL,
    SortName      NVARCHAR(300) NOT NULL,
    Region        NVARCHAR(16)  NULL,
    FromEarliest  DATE          NOT NULL,
    FromLatest    DATE          NOT NULL,
    UntilEarliest DATE          NOT NULL,
    UntilLatest   DATE          NOT NULL,
    Record        NVARCHAR(MAX) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_StateHistory PRIMARY KEY (Code, Version)
);

CREATE TABLE StateIdentifier (
    StateCode    NVARCHAR(3)   NOT NULL,
    Position     INT           NOT NULL,
    Scheme       NVARCHAR(32)  NOT NULL,
    Value        NVARCHAR(100) NOT NULL,
    Version      INT           NOT NULL,
    RecordedFrom DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_StateIdentifier PRIMARY KEY (StateCode, Position),
    CONSTRAINT FK_StateIdentifier_StateCode FOREIGN KEY (StateCode) REFERENCES State (Code)
);

CREATE INDEX IX_StateIdentifier_Value_Scheme_StateCode ON StateIdentifier (Value, Scheme, StateCode);

CREATE TABLE StateIdentifierHistory (
    StateCode     NVARCHAR(3)   NOT NULL,
    Position      INT           NOT NULL,
    Scheme        NVARCHAR(32)  NOT NULL,
    Value         NVARCHAR(100) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_StateIdentifierHistory PRIMARY KEY (StateCode, Version, Position)
);

CREATE TABLE StatePredecessor (
    StateCode       NVARCHAR(3)  NOT NULL,
    Position        INT          NOT NULL,
    PredecessorCode NVARCHAR(3)  NOT NULL,
    Version         INT          NOT NULL,
    RecordedFrom    DATETIME2(6) NOT NULL,
    CONSTRAINT PK_StatePredecessor PRIMARY KEY (StateCode, Position),
    CONSTRAINT FK_StatePredecessor_StateCode FOREIGN KEY (StateCode) REFERENCES State (Code),
    CONSTRAINT FK_StatePredecessor_PredecessorCode FOREIGN KEY (PredecessorCode) REFERENCES State (Code)
);

CREATE INDEX IX_StatePredecessor_PredecessorCode_StateCode ON StatePredecessor (PredecessorCode, StateCode);

CREATE TABLE StatePredecessorHistory (
    StateCode       NVARCHAR(3)  NOT NULL,
    Position        INT          NOT NULL,
    PredecessorCode NVARCHAR(3)  NOT NULL,
    Version         INT          NOT NULL,
    RecordedFrom    DATETIME2(6) NOT NULL,
    RecordedUntil   DATETIME2(6) NOT NULL,
    CONSTRAINT PK_StatePredecessorHistory PRIMARY KEY (StateCode, Version, Position)
);
