/**
 * Checkpoints and savepoints after they have been taken: which files they share, who keeps them and
 * who removes them, whether they are still whole, what lies beside them and belongs to nothing, and
 * how the catalog is told of those that it does not know.
 */
package io.weir.job.snapshots;
