-- one sentence: what the duration, or the failure, of a checkpoint comes down to
ALTER TABLE weir_checkpoint ADD COLUMN explanation VARCHAR(4000);
