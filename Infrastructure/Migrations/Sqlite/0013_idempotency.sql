-- The answers to requests that may be sent again, for as long as they are kept.

CREATE TABLE KeptAnswer (
    KeyHash     TEXT    NOT NULL,
    Fingerprint TEXT    NOT NULL,
    Status      INTEGER NOT NULL,
    Headers     TEXT    NOT NULL,
    Body        TEXT    NOT NULL,
    KeptAt      TEXT    NOT NULL,
    CONSTRAINT PK_KeptAnswer PRIMARY KEY (KeyHash)
);

CREATE INDEX IX_KeptAnswer_KeptAt ON KeptAnswer (KeptAt);
