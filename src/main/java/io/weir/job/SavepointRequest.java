package io.weir.job;

import io.weir.api.environment.SavepointFormatType;
import io.weir.config.CheckpointingOptions;
import io.weir.config.SavepointOptions;
import io.weir.job.checkpoints.RequestedSavepoint;
import io.weir.job.history.Ownership;
import java.util.Optional;

/**
 * What is asked of a savepoint.
 *
 * @param targetDirectory in which it gets a directory of its own; empty for the configured one
 * @param label what it is called
 */
public record SavepointRequest(
    Optional<String> targetDirectory, SavepointFormatType format, Optional<String> label) {

  /**
   * Asks for one.
   *
   * @throws IllegalArgumentException if the label is none; the message says what to do
   */
  public SavepointRequest {
    label.ifPresent(SavepointOptions::requireLabel);
  }

  /** Without a label. */
  public SavepointRequest(Optional<String> targetDirectory, SavepointFormatType format) {
    this(targetDirectory, format, Optional.empty());
  }

  /**
   * The same, with what the job is configured to.
   *
   * @throws IllegalArgumentException if it cannot be taken in this way; the message says what to do
   */
  RequestedSavepoint of(JobMaster job) {
    return new RequestedSavepoint(directory(job), Ownership.USER, label.orElse(null));
  }

  private String directory(JobMaster job) {
    if (format == SavepointFormatType.NATIVE) {
      throw new IllegalArgumentException(
          "A savepoint of job '"
              + job.job().name()
              + "' cannot be taken in NATIVE format: its state backend '"
              + job.settings().stateBackend()
              + "' has none. Ask for CANONICAL, from which every state backend restores.");
    }
    return targetDirectory
        .or(() -> job.settings().savepointDirectory())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no directory for a savepoint of job '"
                        + job.job().name()
                        + "': give one with the request, or configure "
                        + CheckpointingOptions.SAVEPOINT_DIRECTORY.key()
                        + "."));
  }
}
