/**
 * The durable memory of all jobs, in a relational database by JPA: jobs, leases, attempts,
 * checkpoints and savepoints with the figures of every subtask, failures, and the reason of every
 * decision.
 *
 * <p>Each method of {@link io.weir.catalog.JpaJobCatalog} is one transaction; where two servers can
 * meet, the database decides, by a unique key or a conditional update, not a check before. All
 * classes are safe for use by several threads, except rows, which belong to one transaction.
 */
package io.weir.catalog;
