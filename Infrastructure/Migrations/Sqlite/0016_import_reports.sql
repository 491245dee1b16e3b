-- The encoding that a file was said to be in, what each row changed, and how its cells were read, as JSON.

ALTER TABLE Import ADD Encoding TEXT NULL;
ALTER TABLE ImportRow ADD Changes TEXT NULL;
ALTER TABLE ImportRow ADD Readings TEXT NULL;
