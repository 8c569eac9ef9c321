package io.weir.storage;

import io.weir.snapshot.JobId;
import io.weir.snapshot.MetadataCodec;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one place where the names of stored things are made and read:
 *
 * <pre>
 *   &lt;dir&gt;/&lt;job-id&gt;/chk-&lt;n&gt;/_metadata   a checkpoint
 *   &lt;dir&gt;/&lt;job-id&gt;/chk-&lt;n&gt;/&lt;uuid&gt;      its own state
 *   &lt;dir&gt;/&lt;job-id&gt;/shared/&lt;uuid&gt;       state that several checkpoints share
 *   &lt;dir&gt;/&lt;job-id&gt;/taskowned/&lt;uuid&gt;    files that tasks keep and remove by themselves
 *   &lt;savepoints&gt;/savepoint-&lt;job&gt;-&lt;id&gt;/  a savepoint
 * </pre>
 *
 * <p>Without a sub-directory per job {@code <job-id>/} is left out.
 */
public final class StoragePaths {
  /** The name of the file that makes a directory a snapshot. */
  public static final String METADATA = "_metadata";

  private static final Pattern CHECKPOINT = Pattern.compile("chk-(0|[1-9][0-9]{0,17})");
  private static final Pattern SAVEPOINT = Pattern.compile("savepoint-[0-9a-f]{6}-[0-9a-f]{12}");
  private static final Pattern STATE_FILE =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final int JOB_DIGITS_IN_SAVEPOINT = 6;
  private static final int RANDOM_DIGITS_IN_SAVEPOINT = 12;

  private final RelativePath job;

  private StoragePaths(RelativePath job) {
    this.job = job;
  }

  /**
   * The names of one job's things.
   *
   * @param subdirectory whether the job has a directory of its own below the root
   */
  public static StoragePaths of(JobId job, boolean subdirectory) {
    return new StoragePaths(subdirectory ? RelativePath.of(job.toString()) : RelativePath.ROOT);
  }

  /** The directory of the job's checkpoints. */
  public RelativePath job() {
    return job;
  }

  /** The directory of a checkpoint. */
  public RelativePath checkpoint(long checkpointId) {
    return job.resolve("chk-" + checkpointId);
  }

  /** The directory of files that several checkpoints share. */
  public RelativePath shared() {
    return job.resolve(MetadataCodec.SHARED_DIRECTORY);
  }

  /** The directory of files that tasks keep and remove by themselves. */
  public RelativePath taskOwned() {
    return job.resolve("taskowned");
  }

  /** The metadata of the snapshot in a directory. */
  public static RelativePath metadata(RelativePath snapshot) {
    return snapshot.resolve(METADATA);
  }

  /** A file of state in a directory. */
  public static RelativePath stateFile(RelativePath directory, UUID name) {
    return directory.resolve(name.toString());
  }

  /** Whether a file has the name of one of state. */
  static boolean isStateFile(String name) {
    return STATE_FILE.matcher(name).matches();
  }

  /** The directory of a savepoint, seen from the directory of savepoints. */
  public static RelativePath savepoint(JobId job, UUID random) {
    String digits = random.toString().replace("-", "");
    return RelativePath.of(
        "savepoint-"
            + job.toString().substring(0, JOB_DIGITS_IN_SAVEPOINT)
            + "-"
            + digits.substring(0, RANDOM_DIGITS_IN_SAVEPOINT));
  }

  /** Whether a directory has the name of a savepoint's. */
  public static boolean isSavepoint(String directoryName) {
    return SAVEPOINT.matcher(directoryName).matches();
  }

  /** A file that is written, read and removed to see whether a directory can be used. */
  public static RelativePath probe(UUID random) {
    return RelativePath.of(".weir-probe-" + random);
  }

  /** The checkpoint id in the name of a directory; empty if it is not a checkpoint's. */
  public static OptionalLong checkpointIdOf(String directoryName) {
    Matcher matcher = CHECKPOINT.matcher(directoryName);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
