-- What had to start again because of a failure: REGION or JOB.

ALTER TABLE weir_failure ADD COLUMN failover VARCHAR(20) DEFAULT 'JOB' NOT NULL;
