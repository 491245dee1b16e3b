-- A version of a record is found by its number: a page of a history looks the version before each of its own up.

CREATE INDEX IX_Change_Collection_SubjectId_Version ON Change (Collection, SubjectId, Version);

DROP INDEX IX_Change_Collection_SubjectId_Sequence ON Change;
