-- How large a checkpoint is at each operator of a vertex and in each of its states, summed over the subtasks.

-- a JSON array with an array for each operator; null in rows of older versions
ALTER TABLE weir_checkpoint_vertex ADD COLUMN operators VARCHAR(1000000);
