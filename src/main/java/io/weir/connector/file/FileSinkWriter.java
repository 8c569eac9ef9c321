package io.weir.connector.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.api.connector.CommittingSinkWriter;
import io.weir.api.connector.ProcessingTimeService;
import io.weir.api.connector.StatefulSinkWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes the lines of a subtask to files that are committed later. */
final class FileSinkWriter<T>
    implements StatefulSinkWriter<T, FileWriterState>, CommittingSinkWriter<T, FileCommittable> {
  private final Path directory;
  private final LineEncoder<T> encoder;
  private final RollingPolicy rollingPolicy;
  private final ProcessingTimeService time;
  private final String jobId;
  private final PartFileNames names;

  /** Files that are complete and wait for the next checkpoint. */
  private final List<FileCommittable> rolled = new ArrayList<>();

  /** Number of the next file. */
  private long nextNumber;

  /** The file of the records that come; null until there is one. */
  private PartFile current;

  FileSinkWriter(
      FileSink<T> sink,
      ProcessingTimeService time,
      String jobId,
      PartFileNames names,
      long nextNumber) {
    this.directory = sink.directory();
    this.encoder = sink.encoder();
    this.rollingPolicy = sink.rollingPolicy();
    this.time = time;
    this.jobId = jobId;
    this.names = names;
    this.nextNumber = nextNumber;
  }

  @Override
  public void write(T element, Context context) throws IOException {
    byte[] line = encode(element);
    long now = time.getCurrentProcessingTime();
    if (current != null
        && rollingPolicy.isDue(current.lengthBytes(), now - current.createdMillis())) {
      roll();
    }
    if (current == null) {
      current = PartFile.create(directory.resolve(names.inProgress(nextNumber)), now);
    }
    current.writeLine(line);
  }

  private byte[] encode(T element) throws IOException {
    try {
      return encoder.encode(element).getBytes(UTF_8);
    } catch (Exception e) {
      throw new IOException("No line can be made of the record '%s': %s".formatted(element, e), e);
    }
  }

  private void roll() throws IOException {
    current.finish();
    rolled.add(
        new FileCommittable(
            directory.toString(),
            names.inProgress(nextNumber),
            names.committed(nextNumber),
            current.lengthBytes()));
    current = null;
    nextNumber++;
  }

  /** Lines are forced to the disk when the commit is prepared. */
  @Override
  public void flush(boolean endOfInput) {}

  @Override
  public Collection<FileCommittable> prepareCommit() throws IOException {
    if (current != null) {
      roll();
    }
    if (rolled.isEmpty()) {
      return List.of();
    }
    OutputDirectory.force(directory);
    List<FileCommittable> prepared = List.copyOf(rolled);
    rolled.clear();
    return prepared;
  }

  @Override
  public List<FileWriterState> snapshotState(long checkpointId) {
    return List.of(new FileWriterState(jobId, names.writer(), nextNumber));
  }

  /** What was not prepared is part of no checkpoint and is written again after the restart. */
  @Override
  public void close() throws IOException {
    if (current != null) {
      current.discard();
      current = null;
    }
    for (FileCommittable unprepared : rolled) {
      Files.deleteIfExists(unprepared.pendingFile());
    }
    rolled.clear();
  }
}
