/**
 * Runs jobs, from submitted to finished. A {@link io.weir.job.Dispatcher} has all jobs of a server;
 * each has one {@code JobMaster}, which is an actor: what happens is put into its queue from any
 * thread and handled one after another, so its state has no locks. What may block (storage,
 * catalog) runs elsewhere and comes back as something that happened. Behind it a {@code Scheduler}
 * brings the job's tasks to run, stops them, and lets them start again, until {@code JobLife} says
 * that the job has come to its end.
 *
 * <p>Below: {@code surroundings} has the ports that a job needs, {@code description} what it is to
 * be, {@code snapshots} what it leaves, {@code recovery} what it begins with, {@code execution} its
 * tasks, {@code checkpoints} how they are taken, {@code history} what the catalog keeps; {@code
 * local} runs jobs in a {@code main} method.
 */
package io.weir.job;
