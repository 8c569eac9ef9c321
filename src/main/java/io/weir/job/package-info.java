/**
 * The life of one job, from submitted to finished: carries out what the pure packages ({@code
 * checkpoint}, {@code restart}, {@code restore}) decide, and declares the ports that it needs:
 * {@link io.weir.job.JobCatalog}, {@code TaskRunner}.
 *
 * <p>Each job has one {@code JobMaster}. It is an actor: what happens is put into its queue from
 * any thread and handled one after another, so its state has no locks. What may block (storage,
 * catalog) runs elsewhere and comes back as something that happened. Behind it a {@code Scheduler}
 * brings the job's tasks to run and a {@code CheckpointDriver} has its checkpoints taken; {@code
 * JobLife} and {@code ExecutionFailureHandler} decide what follows when tasks end or fail. All jobs
 * share the slots of {@link io.weir.job.TaskManagers}, which tells their masters when one is lost.
 */
package io.weir.job;
