-- The quota tier of a key, and the use of the quotas of a day, which all processes share.

ALTER TABLE ApiKey ADD Tier NVARCHAR(16) NULL;

CREATE TABLE QuotaUse (
    Caller NVARCHAR(200) NOT NULL,
    Day    DATE          NOT NULL,
    Used   BIGINT        NOT NULL,
    CONSTRAINT PK_QuotaUse PRIMARY KEY (Caller, Day)
);
