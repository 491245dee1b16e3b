-- Who is told of changes, how far, and how it went. These are not records of the field: no history, no change log.

CREATE TABLE Subscription (
    Id                TEXT    NOT NULL,
    Url               TEXT    NOT NULL,
    Collections       TEXT    NULL,
    Forum             TEXT    NULL,
    State             TEXT    NULL,
    Operations        TEXT    NULL,
    Verbs             TEXT    NULL,
    SecretProtected   TEXT    NOT NULL,
    FormerSecret      TEXT    NULL,
    FormerSecretUntil TEXT    NULL,
    Position          INTEGER NOT NULL,
    Status            TEXT    NOT NULL,
    FailingSince      TEXT    NULL,
    NextAttempt       TEXT    NULL,
    Attempts          INTEGER NOT NULL,
    LastError         TEXT    NULL,
    Deliveries        INTEGER NOT NULL,
    LeaseOwner        TEXT    NULL,
    LeaseUntil        TEXT    NULL,
    CreatedBy         TEXT    NOT NULL,
    CreatedAt         TEXT    NOT NULL,
    ChangedAt         TEXT    NOT NULL,
    Version           INTEGER NOT NULL,
    CONSTRAINT PK_Subscription PRIMARY KEY (Id)
);

CREATE TABLE Delivery (
    SubscriptionId TEXT    NOT NULL,
    Number         INTEGER NOT NULL,
    MessageId      TEXT    NOT NULL,
    Sequence       INTEGER NULL,
    Attempt        INTEGER NOT NULL,
    At             TEXT    NOT NULL,
    Status         INTEGER NULL,
    Error          TEXT    NULL,
    Duration       INTEGER NOT NULL,
    CONSTRAINT PK_Delivery PRIMARY KEY (SubscriptionId, Number),
    CONSTRAINT FK_Delivery_SubscriptionId FOREIGN KEY (SubscriptionId) REFERENCES Subscription (Id)
) WITHOUT ROWID;
