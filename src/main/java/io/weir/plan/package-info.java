/**
 * From the author's calls to the physical plan: chains, operator ids, parallelism, edges. Pure: no
 * I/O, clock or threads; everything here is immutable.
 *
 * <p>{@link io.weir.plan.JobPlan} is what the engine deploys. A job that cannot run is refused with
 * every reason at once. {@link io.weir.plan.SlotPool} says in which task manager its tasks run.
 */
package io.weir.plan;
