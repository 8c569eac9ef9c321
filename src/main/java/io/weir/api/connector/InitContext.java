package io.weir.api.connector;

import io.weir.api.functions.JobInfo;
import io.weir.api.functions.TaskInfo;
import io.weir.api.metrics.MetricGroup;
import java.util.OptionalLong;

/** The surroundings of a writer or committer. */
public interface InitContext {
  /** The number of a job's first checkpoint. */
  long INITIAL_CHECKPOINT_ID = 1;

  /** The checkpoint from which the job is restored; empty in a first run. */
  OptionalLong getRestoredCheckpointId();

  /** Facts about the job. */
  JobInfo getJobInfo();

  /** Facts about the subtask. */
  TaskInfo getTaskInfo();

  /** Where the subtask registers metrics. */
  MetricGroup metricGroup();
}
