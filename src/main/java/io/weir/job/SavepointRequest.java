package io.weir.job;

import io.weir.api.environment.SavepointFormatType;
import io.weir.config.CheckpointingOptions;
import java.util.Optional;

/**
 * What is asked of a savepoint.
 *
 * @param targetDirectory in which it gets a directory of its own; empty for the configured one
 */
public record SavepointRequest(Optional<String> targetDirectory, SavepointFormatType format) {

  /**
   * The directory that it goes to.
   *
   * @throws IllegalArgumentException if it cannot be taken in this way; the message says what to do
   */
  String directory(JobMaster job) {
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
