-- The quota tier of a key, and the use of the quotas of a day, which all processes share.

ALTER TABLE ApiKey ADD COLUMN Tier TEXT NULL;

CREATE TABLE QuotaUse (
    Caller TEXT    NOT NULL,
    Day    TEXT    NOT NULL,
    Used   INTEGER NOT NULL,
    CONSTRAINT PK_QuotaUse PRIMARY KEY (Caller, Day)
) WITHOUT ROWID;
