-- what its user calls a checkpoint or savepoint, or null
ALTER TABLE weir_checkpoint ADD COLUMN label VARCHAR(100);
