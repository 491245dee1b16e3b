-- The deletions of a collection, which lists with deleted records look for in a log of mostly other changes.

CREATE INDEX IX_Change_Collection_Sequence_Deleted ON Change (Collection, Sequence) WHERE Operation = 'deleted';
