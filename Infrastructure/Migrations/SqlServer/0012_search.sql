-- Every name of every record, and its words: an index made from the records and kept beside them.

CREATE TABLE SearchName (
    RecordKey     NVARCHAR(150)                             NOT NULL,
    NameKey       NVARCHAR(160)                             NOT NULL,
    Collection    NVARCHAR(32)                              NOT NULL,
    RecordId      NVARCHAR(120)                             NOT NULL,
    Display       NVARCHAR(2000)                            NOT NULL,
    Name          NVARCHAR(2000)                            NOT NULL,
    Folded        NVARCHAR(300) COLLATE Latin1_General_BIN2 NOT NULL,
    Language      NVARCHAR(16)                              NULL,
    Kind          NVARCHAR(32)                              NULL,
    FromEarliest  DATE                                      NOT NULL,
    FromLatest    DATE                                      NOT NULL,
    UntilEarliest DATE                                      NOT NULL,
    UntilLatest   DATE                                      NOT NULL,
    RecordKind    NVARCHAR(32)                              NULL,
    Country       NVARCHAR(3)                               NULL,
    LifeFrom      DATE                                      NOT NULL,
    LifeUntil     DATE                                      NOT NULL,
    Version       INT                                       NOT NULL,
    RecordedFrom  DATETIME2(6)                              NOT NULL,
    CONSTRAINT PK_SearchName PRIMARY KEY (NameKey)
);

CREATE INDEX IX_SearchName_RecordKey ON SearchName (RecordKey);

CREATE INDEX IX_SearchName_Collection_Folded ON SearchName (Collection, Folded);

CREATE TABLE SearchNameHistory (
    RecordKey     NVARCHAR(150)                             NOT NULL,
    NameKey       NVARCHAR(160)                             NOT NULL,
    Collection    NVARCHAR(32)                              NOT NULL,
    RecordId      NVARCHAR(120)                             NOT NULL,
    Display       NVARCHAR(2000)                            NOT NULL,
    Name          NVARCHAR(2000)                            NOT NULL,
    Folded        NVARCHAR(300) COLLATE Latin1_General_BIN2 NOT NULL,
    Language      NVARCHAR(16)                              NULL,
    Kind          NVARCHAR(32)                              NULL,
    FromEarliest  DATE                                      NOT NULL,
    FromLatest    DATE                                      NOT NULL,
    UntilEarliest DATE                                      NOT NULL,
    UntilLatest   DATE                                      NOT NULL,
    RecordKind    NVARCHAR(32)                              NULL,
    Country       NVARCHAR(3)                               NULL,
    LifeFrom      DATE                                      NOT NULL,
    LifeUntil     DATE                                      NOT NULL,
    Version       INT                                       NOT NULL,
    RecordedFrom  DATETIME2(6)                              NOT NULL,
    RecordedUntil DATETIME2(6)                              NOT NULL,
    CONSTRAINT PK_SearchNameHistory PRIMARY KEY (NameKey, Version)
);

CREATE INDEX IX_SearchNameHistory_Collection_Folded ON SearchNameHistory (Collection, Folded);

-- The key finds the words that start alike, and of one word the shortest names first.
CREATE TABLE SearchToken (
    RecordKey    NVARCHAR(150)                            NOT NULL,
    NameKey      NVARCHAR(160)                            NOT NULL,
    Collection   NVARCHAR(32)                             NOT NULL,
    Token        NVARCHAR(64) COLLATE Latin1_General_BIN2 NOT NULL,
    Length       INT                                      NOT NULL,
    Version      INT                                      NOT NULL,
    RecordedFrom DATETIME2(6)                             NOT NULL,
    CONSTRAINT PK_SearchToken PRIMARY KEY (Collection, Token, Length, NameKey)
);

CREATE INDEX IX_SearchToken_RecordKey ON SearchToken (RecordKey);

CREATE TABLE SearchTokenHistory (
    RecordKey     NVARCHAR(150)                            NOT NULL,
    NameKey       NVARCHAR(160)                            NOT NULL,
    Collection    NVARCHAR(32)                             NOT NULL,
    Token         NVARCHAR(64) COLLATE Latin1_General_BIN2 NOT NULL,
    Length        INT                                      NOT NULL,
    Version       INT                                      NOT NULL,
    RecordedFrom  DATETIME2(6)                             NOT NULL,
    RecordedUntil DATETIME2(6)                             NOT NULL,
    CONSTRAINT PK_SearchTokenHistory PRIMARY KEY (Collection, Token, Length, NameKey, Version)
);

-- How the index was made: where that is another way than this program's, it is made again.
CREATE TABLE SearchFormat (
    Id     INT NOT NULL,
    Format INT NOT NULL,
    CONSTRAINT PK_SearchFormat PRIMARY KEY (Id)
);
