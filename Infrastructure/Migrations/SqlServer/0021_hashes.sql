-- The hashes of the scripts that have run (SHA-256 in hexadecimal): none of them may be changed afterwards.

CREATE TABLE MigrationHash (
    ScriptName NVARCHAR(255) NOT NULL,
    Hash       NVARCHAR(64)  NOT NULL,
    CONSTRAINT PK_MigrationHash PRIMARY KEY (ScriptName)
);
