/**
 * Has the checkpoints and savepoints of one job taken: carries out what the pure package {@code
 * checkpoint} decides, from the trigger to the row in the catalog.
 */
package io.weir.job.checkpoints;
