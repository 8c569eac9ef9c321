/**
 * The whole engine with its jobs' masters, storage and catalog on one thread, under a seeded
 * scheduler and a virtual clock, with faults at every step. A seed gives a job, a configuration, a
 * plan of faults and an order of all steps, and reproduces them exactly; what the job commits is
 * compared with a result that is computed without the engine.
 *
 * <p>Everything here is used by one thread. Functions, sources and sinks of the generated jobs are
 * copied by the engine, so they find their {@link io.weir.sim.World} through that thread.
 */
package io.weir.sim;
