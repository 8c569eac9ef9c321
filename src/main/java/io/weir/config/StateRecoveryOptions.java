package io.weir.config;

/** {@code execution.state-recovery.*}: the snapshot from which a job starts. */
public final class StateRecoveryOptions {
  private static final String PREFIX = "execution.state-recovery.";

  private StateRecoveryOptions() {}

  public static final ConfigOption<String> SAVEPOINT_PATH =
      ConfigOptions.key(PREFIX + "path")
          .stringType()
          .noDefaultValue()
          .withFallbackKeys("execution.savepoint.path")
          .withDescription(
              "A savepoint or retained checkpoint, its directory or its _metadata, from which the job"
                  + " starts; once a run of this name has, the next ones go on from what it has left.");

  public static final ConfigOption<StartFrom> START_FROM =
      ConfigOptions.key(PREFIX + "from")
          .enumType(StartFrom.class)
          .defaultValue(StartFrom.LATEST)
          .withDescription(
              "With what a new run of a job begins: LATEST, with the newest checkpoint or savepoint"
                  + " of the run before it; LATEST_CHECKPOINT or LATEST_SAVEPOINT; PATH, with what is"
                  + " at execution.state-recovery.path in any case; NOTHING, without state.");

  public static final ConfigOption<Boolean> SAVEPOINT_IGNORE_UNCLAIMED_STATE =
      ConfigOptions.key(PREFIX + "ignore-unclaimed-state")
          .booleanType()
          .defaultValue(false)
          .withFallbackKeys("execution.savepoint.ignore-unclaimed-state")
          .withDescription(
              "Whether state of operators that the program no longer has is dropped; otherwise such a"
                  + " snapshot is refused.");

  public static final ConfigOption<RecoveryClaimMode> RESTORE_MODE =
      ConfigOptions.key(PREFIX + "claim-mode")
          .enumType(RecoveryClaimMode.class)
          .defaultValue(RecoveryClaimMode.NO_CLAIM)
          .withFallbackKeys("execution.savepoint-restore-mode")
          .withRefusal(
              "LEGACY",
              "nobody would own the snapshot's files. Use CLAIM if this job may delete them, or"
                  + " NO_CLAIM if it must not.")
          .withDescription(
              "Who owns the files of that snapshot: with CLAIM the job, which deletes them once they"
                  + " are subsumed; with NO_CLAIM they are never deleted.");

  public static final ConfigOption<Boolean> LOCAL_RECOVERY =
      ConfigOptions.key(PREFIX + "from-local")
          .booleanType()
          .defaultValue(false)
          .withFallbackKeys("state.backend.local-recovery")
          .withDescription("Whether state is recovered from a second copy on a local disk.")
          .withoutEffect(
              "Weir reads the copies that execution.checkpointing.local-backup.enabled keeps"
                  + " whenever they are good.");

  public static final ConfigOption<Boolean> APPROXIMATE_LOCAL_RECOVERY =
      ConfigOptions.key(PREFIX + "approximate-local-recovery")
          .booleanType()
          .defaultValue(false)
          .withFallbackKeys("jobmanager.execution.approximate-local-recovery")
          .withRefusal(
              "true",
              "it would lose records. Leave it false; to limit a restart to the affected part of the"
                  + " job, set jobmanager.execution.failover-strategy = region.")
          .withDescription("Whether only the failed task restarts, at the price of lost records.");

  public static final ConfigOption<Long> CHECKPOINT_ID_OF_IGNORED_IN_FLIGHT_DATA =
      ConfigOptions.key(PREFIX + "without-channel-state.checkpoint-id")
          .longType()
          .defaultValue(-1L)
          .withFallbackKeys("execution.checkpointing.recover-without-channel-state.checkpoint-id")
          .withLimit(id -> id >= -1, "the id of a checkpoint, or -1 for none")
          .withDescription(
              "Last resort: recovering from this checkpoint drops its in-flight records.");

  public static final ConfigOption<DamagedCheckpoint> DAMAGED_CHECKPOINT =
      ConfigOptions.key("weir.state-recovery.damaged-checkpoint")
          .enumType(DamagedCheckpoint.class)
          .defaultValue(DamagedCheckpoint.FALL_BACK)
          .withDescription(
              "What a job with two-phase sinks does when the newest checkpoint is damaged: FALL_BACK"
                  + " goes back to the next older one, and what these sinks have committed since is"
                  + " committed once more; FAIL does not start the job. Other jobs always fall back.");
}
