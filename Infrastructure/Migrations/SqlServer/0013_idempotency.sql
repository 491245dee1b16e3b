-- The answers to requests that may be sent again, for as long as they are kept.

CREATE TABLE KeptAnswer (
    KeyHash     NVARCHAR(64)   NOT NULL,
    Fingerprint NVARCHAR(64)   NOT NULL,
    Status      INT            NOT NULL,
    Headers     NVARCHAR(4000) NOT NULL,
    Body        NVARCHAR(MAX)  NOT NULL,
    KeptAt      DATETIME2(6)   NOT NULL,
    CONSTRAINT PK_KeptAnswer PRIMARY KEY (KeyHash)
);

CREATE INDEX IX_KeptAnswer_KeptAt ON KeptAnswer (KeptAt);
