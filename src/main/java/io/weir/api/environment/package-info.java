/**
 * Where a job begins: the environment in which it is described and run, its settings, and the
 * handle of a job that runs. All settings are entries of one {@link io.weir.config.Configuration}.
 *
 * <p>An environment is used by the one thread that defines the job; a {@link
 * io.weir.api.environment.JobClient} by any.
 */
package io.weir.api.environment;
