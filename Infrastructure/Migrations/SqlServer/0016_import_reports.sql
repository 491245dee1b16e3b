-- The encoding that a file was said to be in, what each row changed, and how its cells were read, as JSON.

ALTER TABLE Import ADD Encoding NVARCHAR(64) NULL;
ALTER TABLE ImportRow ADD Changes NVARCHAR(MAX) NULL;
ALTER TABLE ImportRow ADD Readings NVARCHAR(MAX) NULL;
