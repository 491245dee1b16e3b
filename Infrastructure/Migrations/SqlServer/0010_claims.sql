CREATE TABLE Source (
    Id            NVARCHAR(120)  NOT NULL,
    Title         NVARCHAR(300)  NOT NULL,
    SortName      NVARCHAR(300)  NOT NULL,
    Url           NVARCHAR(1000) NULL,
    Language      NVARCHAR(16)   NULL,
    Kind          NVARCHAR(32)   NOT NULL,
    Reliability   NVARCHAR(32)   NULL,
    FromEarliest  DATE           NOT NULL,
    FromLatest    DATE           NOT NULL,
    UntilEarliest DATE           NOT NULL,
    UntilLatest   DATE           NOT NULL,
    Record        NVARCHAR(MAX)  NOT NULL,
    Version       INT            NOT NULL,
    RecordedFrom  DATETIME2(6)   NOT NULL,
    CONSTRAINT PK_Source PRIMARY KEY (Id)
);

CREATE INDEX IX_Source_SortName_Id ON Source (SortName, Id);

CREATE INDEX IX_Source_FromEarliest_Id ON Source (FromEarliest, Id);

CREATE INDEX IX_Source_Kind_Id ON Source (Kind, Id);

CREATE TABLE SourceHistory (
    Id            NVARCHAR(120)  NOT NULL,
    Title         NVARCHAR(300)  NOT NULL,
    SortName      NVARCHAR(300)  NOT NULL,
    Url           NVARCHAR(1000) NULL,
    Language      NVARCHAR(16)   NULL,
    Kind          NVARCHAR(32)   NOT NULL,
    Reliability   NVARCHAR(32)   NULL,
    FromEarliest  DATE           NOT NULL,
    FromLatest    DATE           NOT NULL,
    UntilEarliest DATE           NOT NULL,
    UntilLatest   DATE           NOT NULL,
    Record        NVARCHAR(MAX)  NOT NULL,
    Version       INT            NOT NULL,
    RecordedFrom  DATETIME2(6)   NOT NULL,
    RecordedUntil DATETIME2(6)   NOT NULL,
    CONSTRAINT PK_SourceHistory PRIMARY KEY (Id, Version)
);

CREATE TABLE Citation (
    CitingRecord NVARCHAR(150) NOT NULL,
    SourceId     NVARCHAR(120) NOT NULL,
    Collection   NVARCHAR(32)  NOT NULL,
    CitingId     NVARCHAR(120) NOT NULL,
    Places       INT           NOT NULL,
    Version      INT           NOT NULL,
    RecordedFrom DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_Citation PRIMARY KEY (CitingRecord, SourceId),
    CONSTRAINT FK_Citation_SourceId FOREIGN KEY (SourceId) REFERENCES Source (Id)
);

CREATE INDEX IX_Citation_SourceId_CitingRecord ON Citation (SourceId, CitingRecord);

CREATE TABLE CitationHistory (
    CitingRecord  NVARCHAR(150) NOT NULL,
    SourceId      NVARCHAR(120) NOT NULL,
    Collection    NVARCHAR(32)  NOT NULL,
    CitingId      NVARCHAR(120) NOT NULL,
    Places        INT           NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_CitationHistory PRIMARY KEY (CitingRecord, Version, SourceId)
);

CREATE TABLE Claim (
    Id           NVARCHAR(120) NOT NULL,
    Collection   NVARCHAR(32)  NOT NULL,
    SubjectId    NVARCHAR(120) NOT NULL,
    Field        NVARCHAR(200) NOT NULL,
    ValueKey     NVARCHAR(64)  NOT NULL,
    SourceId     NVARCHAR(120) NOT NULL,
    Preferred    INT           NOT NULL,
    Rival        INT           NOT NULL,
    Record       NVARCHAR(MAX) NOT NULL,
    Version      INT           NOT NULL,
    RecordedFrom DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_Claim PRIMARY KEY (Id),
    CONSTRAINT FK_Claim_SourceId FOREIGN KEY (SourceId) REFERENCES Source (Id)
);

CREATE INDEX IX_Claim_Collection_SubjectId_Field ON Claim (Collection, SubjectId, Field);

CREATE INDEX IX_Claim_SourceId_Id ON Claim (SourceId, Id);

CREATE INDEX IX_Claim_Rival_Id ON Claim (Rival, Id);

CREATE TABLE ClaimHistory (
    Id            NVARCHAR(120) NOT NULL,
    Collection    NVARCHAR(32)  NOT NULL,
    SubjectId     NVARCHAR(120) NOT NULL,
    Field         NVARCHAR(200) NOT NULL,
    ValueKey      NVARCHAR(64)  NOT NULL,
    SourceId      NVARCHAR(120) NOT NULL,
    Preferred     INT           NOT NULL,
    Rival         INT           NOT NULL,
    Record        NVARCHAR(MAX) NOT NULL,
    Version       INT           NOT NULL,
    RecordedFrom  DATETIME2(6)  NOT NULL,
    RecordedUntil DATETIME2(6)  NOT NULL,
    CONSTRAINT PK_ClaimHistory PRIMARY KEY (Id, Version)
);

-- Finds what changed since an instant.
CREATE INDEX IX_Source_RecordedFrom_Id ON Source (RecordedFrom, Id);

CREATE INDEX IX_Claim_RecordedFrom_Id ON Claim (RecordedFrom, Id);
