-- Who is told of changes, how far, and how it went. These are not records of the field: no history, no change log.

CREATE TABLE Subscription (
    Id                NVARCHAR(120)  NOT NULL,
    Url               NVARCHAR(1000) NOT NULL,
    Collections       NVARCHAR(1000) NULL,
    Forum             NVARCHAR(16)   NULL,
    State             NVARCHAR(3)    NULL,
    Operations        NVARCHAR(100)  NULL,
    Verbs             NVARCHAR(1000) NULL,
    SecretProtected   NVARCHAR(400)  NOT NULL,
    FormerSecret      NVARCHAR(400)  NULL,
    FormerSecretUntil DATETIME2(6)   NULL,
    Position          BIGINT         NOT NULL,
    Status            NVARCHAR(16)   NOT NULL,
    FailingSince      DATETIME2(6)   NULL,
    NextAttempt       DATETIME2(6)   NULL,
    Attempts          INT            NOT NULL,
    LastError         NVARCHAR(500)  NULL,
    Deliveries        BIGINT         NOT NULL,
    LeaseOwner        NVARCHAR(64)   NULL,
    LeaseUntil        DATETIME2(6)   NULL,
    CreatedBy         NVARCHAR(100)  NOT NULL,
    CreatedAt         DATETIME2(6)   NOT NULL,
    ChangedAt         DATETIME2(6)   NOT NULL,
    Version           INT            NOT NULL,
    CONSTRAINT PK_Subscription PRIMARY KEY (Id)
);

CREATE TABLE Delivery (
    SubscriptionId NVARCHAR(120) NOT NULL,
    Number         BIGINT        NOT NULL,
    MessageId      NVARCHAR(200) NOT NULL,
    Sequence       BIGINT        NULL,
    Attempt        INT           NOT NULL,
    At             DATETIME2(6)  NOT NULL,
    Status         INT           NULL,
    Error          NVARCHAR(500) NULL,
    Duration       INT           NOT NULL,
    CONSTRAINT PK_Delivery PRIMARY KEY (SubscriptionId, Number),
    CONSTRAINT FK_Delivery_SubscriptionId FOREIGN KEY (SubscriptionId) REFERENCES Subscription (Id)
);
