package io.weir.api.datastream;

import io.weir.api.connector.Sink;
import io.weir.api.connector.SinkWriter;
import io.weir.api.connector.WriterInitContext;
import io.weir.api.functions.TaskInfo;
import java.io.PrintStream;
import java.util.Objects;

/**
 * Writes every record as a line to the standard output, as {@code identifier:subtask> record}; the
 * number of the subtask, counted from 1, is there when there are several.
 *
 * @param <T> type of the records
 */
public final class PrintSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;

  private final String sinkIdentifier;
  private final boolean standardError;

  /**
   * Chooses the output.
   *
   * @param sinkIdentifier stands in front of each line; may be empty
   * @param standardError whether to write to the standard error output
   */
  public PrintSink(String sinkIdentifier, boolean standardError) {
    this.sinkIdentifier = Objects.requireNonNull(sinkIdentifier, "sinkIdentifier");
    this.standardError = standardError;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new PrintWriter<>(
        standardError ? System.err : System.out, prefix(context.getTaskInfo()));
  }

  private String prefix(TaskInfo task) {
    boolean parallel = task.getNumberOfParallelSubtasks() > 1;
    String subtask = parallel ? String.valueOf(task.getIndexOfThisSubtask() + 1) : "";
    String separator = sinkIdentifier.isEmpty() || subtask.isEmpty() ? "" : ":";
    String source = sinkIdentifier + separator + subtask;
    return source.isEmpty() ? "" : source + "> ";
  }

  private record PrintWriter<T>(PrintStream stream, String prefix) implements SinkWriter<T> {
    @Override
    public void write(T element, Context context) {
      stream.println(prefix + element);
    }

    @Override
    public void flush(boolean endOfInput) {
      stream.flush();
    }

    /** The stream belongs to the process. */
    @Override
    public void close() {}
  }
}
