package io.weir.connector.file;

import io.weir.api.connector.Committer;
import io.weir.api.connector.CommitterInitContext;
import io.weir.api.connector.ProcessingTimeService;
import io.weir.api.connector.SinkWriter;
import io.weir.api.connector.WriterInitContext;
import io.weir.api.functions.JobInfo;
import io.weir.api.functions.TaskInfo;
import io.weir.api.metrics.MetricGroup;
import io.weir.connector.ManualProcessingTime;
import io.weir.connector.TestMetricGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One attempt of a job with a file sink: its subtasks, called as the engine calls them. To crash, a
 * test simply drops it.
 */
final class SinkHarness {
  /** What a checkpoint holds: everything is in the serialized form. */
  record Snapshot(List<byte[]> writers, List<byte[]> committables) {
    static final Snapshot NONE = null;
  }

  private static final FileWriterStateSerializer STATES = new FileWriterStateSerializer();
  private static final FileCommittableSerializer COMMITTABLES = new FileCommittableSerializer();

  private final List<Subtask> subtasks = new ArrayList<>();
  private final ManualProcessingTime time = new ManualProcessingTime(1_000);

  SinkHarness(FileSink<String> sink, String jobId, int parallelism, Snapshot restored)
      throws Exception {
    for (int i = 0; i < parallelism; i++) {
      subtasks.add(new Subtask(sink, new Context(jobId, i, parallelism, restored != null)));
    }
    if (restored != null) {
      restore(restored, parallelism);
    }
  }

  private void restore(Snapshot restored, int parallelism) throws IOException {
    for (int i = 0; i < restored.writers.size(); i++) {
      // an odd distribution: no subtask gets what it had
      subtasks
          .get((i + 1) % parallelism)
          .restored
          .add(STATES.deserialize(STATES.getVersion(), restored.writers.get(i)));
    }
    for (int i = 0; i < restored.committables.size(); i++) {
      subtasks
          .get((i + 2) % parallelism)
          .pending
          .add(COMMITTABLES.deserialize(COMMITTABLES.getVersion(), restored.committables.get(i)));
    }
  }

  /** Commits what was restored and opens the writer, subtask by subtask. */
  void open() throws Exception {
    for (int i = 0; i < subtasks.size(); i++) {
      open(i);
    }
  }

  void open(int subtask) throws Exception {
    subtasks.get(subtask).open();
  }

  void write(int subtask, String line) throws Exception {
    subtasks.get(subtask).writer.write(line, null);
  }

  void prepare(int subtask) throws Exception {
    Subtask preparing = subtasks.get(subtask);
    preparing.writer.flush(false);
    preparing.pending.addAll(preparing.writer.prepareCommit());
  }

  /** The state of all subtasks; each was prepared. */
  Snapshot snapshot() throws IOException {
    List<byte[]> writers = new ArrayList<>();
    List<byte[]> committables = new ArrayList<>();
    for (Subtask subtask : subtasks) {
      for (FileWriterState state : subtask.writer.snapshotState(1)) {
        writers.add(STATES.serialize(state));
      }
      for (FileCommittable committable : subtask.pending) {
        committables.add(COMMITTABLES.serialize(committable));
      }
    }
    return new Snapshot(writers, committables);
  }

  /** Prepares and captures all subtasks. */
  Snapshot checkpoint() throws Exception {
    for (int i = 0; i < subtasks.size(); i++) {
      prepare(i);
    }
    return snapshot();
  }

  void commit(int subtask) throws Exception {
    subtasks.get(subtask).commit();
  }

  void commit() throws Exception {
    for (int i = 0; i < subtasks.size(); i++) {
      commit(i);
    }
  }

  ManualProcessingTime time() {
    return time;
  }

  /** What an orderly stop does. */
  void close() throws Exception {
    for (Subtask subtask : subtasks) {
      subtask.writer.close();
    }
  }

  private static final class Subtask {
    private final FileSink<String> sink;
    private final Context context;
    private final List<FileWriterState> restored = new ArrayList<>();
    private final List<FileCommittable> pending = new ArrayList<>();
    private Committer<FileCommittable> committer;
    private FileSinkWriter<String> writer;

    private Subtask(FileSink<String> sink, Context context) {
      this.sink = sink;
      this.context = context;
    }

    private void open() throws Exception {
      committer = sink.createCommitter(context);
      if (!pending.isEmpty()) {
        commit();
      }
      SinkWriter<String> opened =
          context.restored ? sink.restoreWriter(context, restored) : sink.createWriter(context);
      writer = (FileSinkWriter<String>) opened;
    }

    private void commit() throws Exception {
      List<Committer.CommitRequest<FileCommittable>> requests = new ArrayList<>();
      pending.forEach(committable -> requests.add(new Request(committable)));
      committer.commit(requests);
      pending.clear();
    }
  }

  private record Request(FileCommittable getCommittable)
      implements Committer.CommitRequest<FileCommittable> {
    @Override
    public int getNumberOfRetries() {
      return 0;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable t) {
      throw new AssertionError(t);
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable t) {
      throw new AssertionError(t);
    }

    @Override
    public void retryLater() {
      throw new AssertionError();
    }

    @Override
    public void updateAndRetryLater(FileCommittable committable) {
      throw new AssertionError();
    }

    @Override
    public void signalAlreadyCommitted() {}
  }

  private final class Context
      implements WriterInitContext, CommitterInitContext, TaskInfo, JobInfo {
    private final String jobId;
    private final int subtask;
    private final int parallelism;
    private final boolean restored;

    private Context(String jobId, int subtask, int parallelism, boolean restored) {
      this.jobId = jobId;
      this.subtask = subtask;
      this.parallelism = parallelism;
      this.restored = restored;
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
      return getClass().getClassLoader();
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
      return time;
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
      return restored ? OptionalLong.of(1) : OptionalLong.empty();
    }

    @Override
    public JobInfo getJobInfo() {
      return this;
    }

    @Override
    public TaskInfo getTaskInfo() {
      return this;
    }

    @Override
    public MetricGroup metricGroup() {
      return new TestMetricGroup();
    }

    @Override
    public String getJobId() {
      return jobId;
    }

    @Override
    public String getJobName() {
      return "job";
    }

    @Override
    public String getTaskName() {
      return "sink";
    }

    @Override
    public String getTaskNameWithSubtasks() {
      return "sink (%d/%d)#0".formatted(subtask + 1, parallelism);
    }

    @Override
    public int getMaxNumberOfParallelSubtasks() {
      return 128;
    }

    @Override
    public int getIndexOfThisSubtask() {
      return subtask;
    }

    @Override
    public int getNumberOfParallelSubtasks() {
      return parallelism;
    }

    @Override
    public int getAttemptNumber() {
      return 0;
    }
  }
}
