-- The hashes of the scripts that have run (SHA-256 in hexadecimal): none of them may be changed afterwards.

CREATE TABLE MigrationHash (
    ScriptName TEXT NOT NULL,
    Hash       TEXT NOT NULL,
    CONSTRAINT PK_MigrationHash PRIMARY KEY (ScriptName)
) WITHOUT ROWID;
