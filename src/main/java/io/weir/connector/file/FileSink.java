package io.weir.connector.file;

import io.weir.api.connector.Committer;
import io.weir.api.connector.CommitterInitContext;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Sink;
import io.weir.api.connector.SinkWriter;
import io.weir.api.connector.StatefulSinkWriter;
import io.weir.api.connector.SupportsCommitter;
import io.weir.api.connector.SupportsWriterState;
import io.weir.api.connector.WriterInitContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;

/**
 * Writes records as lines (UTF-8) to files, exactly once:
 *
 * <pre>{@code
 * stream.sinkTo(FileSink.forRowFormat(Path.of("out"), Result::toCsv).build());
 * }</pre>
 *
 * <p>A file is written under a hidden name. At the barrier of a checkpoint it is ended and forced
 * to the disk, and when the checkpoint is complete it is renamed to {@code part-…}. So whoever
 * reads the files {@code part-*} sees every record once, and only records that no restart will
 * write again. Without checkpoints nothing becomes visible until the input ends.
 *
 * @param <T> type of the records
 */
public final class FileSink<T>
    implements Sink<T>,
        SupportsWriterState<T, FileWriterState>,
        SupportsCommitter<FileCommittable> {
  private static final long serialVersionUID = 1L;

  private final String directory;
  private final LineEncoder<T> encoder;
  private final RollingPolicy rollingPolicy;

  private FileSink(Builder<T> builder) {
    this.directory = builder.directory.toAbsolutePath().normalize().toString();
    this.encoder = builder.encoder;
    this.rollingPolicy = builder.rollingPolicy;
  }

  /**
   * A sink that writes one line for each record.
   *
   * @param directory where the files are written; created if it is missing
   * @param encoder makes a line of a record
   */
  public static <T> Builder<T> forRowFormat(Path directory, LineEncoder<T> encoder) {
    return new Builder<>(directory, encoder);
  }

  Path directory() {
    return Path.of(directory);
  }

  LineEncoder<T> encoder() {
    return encoder;
  }

  RollingPolicy rollingPolicy() {
    return rollingPolicy;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    return createWriter(context, UUID.randomUUID(), 0);
  }

  /** Goes on as one of the earlier writers, and cleans up after all of them. */
  @Override
  public StatefulSinkWriter<T, FileWriterState> restoreWriter(
      WriterInitContext context, Collection<FileWriterState> recoveredState) throws IOException {
    String jobId = context.getJobInfo().getJobId();
    FileWriterState predecessor = new FileWriterState(jobId, UUID.randomUUID(), 0);
    OutputDirectory.prepare(directory());
    for (FileWriterState state : recoveredState) {
      if (state.jobId().equals(jobId)) {
        Leftovers.remove(directory(), state);
        predecessor = state;
      }
    }
    return createWriter(context, predecessor.writer(), predecessor.nextNumber());
  }

  private FileSinkWriter<T> createWriter(WriterInitContext context, UUID writer, long nextNumber)
      throws IOException {
    OutputDirectory.prepare(directory());
    PartFileNames names =
        new PartFileNames(context.getTaskInfo().getIndexOfThisSubtask(), UUID.randomUUID(), writer);
    return new FileSinkWriter<>(
        this,
        context.getProcessingTimeService(),
        context.getJobInfo().getJobId(),
        names,
        nextNumber);
  }

  @Override
  public Committer<FileCommittable> createCommitter(CommitterInitContext context) {
    return new FileCommitter(context.getRestoredCheckpointId().isPresent());
  }

  @Override
  public SimpleVersionedSerializer<FileWriterState> getWriterStateSerializer() {
    return new FileWriterStateSerializer();
  }

  @Override
  public SimpleVersionedSerializer<FileCommittable> getCommittableSerializer() {
    return new FileCommittableSerializer();
  }

  /**
   * Settings of a file sink. Use it on one thread.
   *
   * @param <T> type of the records
   */
  public static final class Builder<T> {
    private final Path directory;
    private final LineEncoder<T> encoder;
    private RollingPolicy rollingPolicy = RollingPolicy.onCheckpoint();

    private Builder(Path directory, LineEncoder<T> encoder) {
      this.directory = Objects.requireNonNull(directory, "directory");
      this.encoder = Objects.requireNonNull(encoder, "encoder");
    }

    /** When a file is ended; by default at every checkpoint. */
    public Builder<T> withRollingPolicy(RollingPolicy policy) {
      rollingPolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** The sink. */
    public FileSink<T> build() {
      return new FileSink<>(this);
    }
  }
}
