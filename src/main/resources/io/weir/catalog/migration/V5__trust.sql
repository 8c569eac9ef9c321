-- What reading a checkpoint or savepoint from its first to its last byte has come to, and whether its user wants to keep it.

ALTER TABLE weir_checkpoint ADD COLUMN verified_millis BIGINT DEFAULT -1 NOT NULL;
-- what was found wrong then, or null
ALTER TABLE weir_checkpoint ADD COLUMN damage VARCHAR(10000);
ALTER TABLE weir_checkpoint ADD COLUMN pinned BOOLEAN DEFAULT FALSE NOT NULL;
