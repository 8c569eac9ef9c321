-- Whose a checkpoint or savepoint is: JOB, USER, CLAIMED or BORROWED.

ALTER TABLE weir_checkpoint ADD COLUMN ownership VARCHAR(20) DEFAULT 'JOB' NOT NULL;

UPDATE weir_checkpoint SET ownership = 'USER' WHERE type LIKE '%SAVEPOINT';
