/**
 * Which old state goes to which new subtask, and from which snapshot.
 *
 * <p>{@link io.weir.restore.RestorePointSelection} picks the snapshot, {@link
 * io.weir.restore.RestorePlanner} matches its state with the operators of a job and spreads it over
 * their subtasks. {@link io.weir.restore.DryRun} tells what that comes to. All are functions of
 * facts: no I/O, no clock, no threads; what they decide, and every reason against it, is an
 * immutable value that can be shown before anything runs.
 */
package io.weir.restore;
