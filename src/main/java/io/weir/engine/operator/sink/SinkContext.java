package io.weir.engine.operator.sink;

import io.weir.api.connector.CommitterInitContext;
import io.weir.api.connector.ProcessingTimeService;
import io.weir.api.connector.WriterInitContext;
import io.weir.api.functions.JobInfo;
import io.weir.api.functions.TaskInfo;
import io.weir.api.metrics.MetricGroup;
import io.weir.engine.operator.OperatorContext;
import java.util.OptionalLong;

/** The surroundings of a writer and of a committer: those of their operator. */
record SinkContext(OperatorContext operator, ClassLoader userCodeClassLoader)
    implements WriterInitContext, CommitterInitContext, ProcessingTimeService {

  @Override
  public ClassLoader getUserCodeClassLoader() {
    return userCodeClassLoader;
  }

  @Override
  public ProcessingTimeService getProcessingTimeService() {
    return this;
  }

  @Override
  public long getCurrentProcessingTime() {
    return operator.processingTime().now();
  }

  @Override
  public void registerTimer(long time, ProcessingTimeCallback target) {
    operator.processingTime().callAt(time, target::onProcessingTime);
  }

  @Override
  public OptionalLong getRestoredCheckpointId() {
    return operator.restoredCheckpointId();
  }

  @Override
  public JobInfo getJobInfo() {
    return operator.jobInfo();
  }

  @Override
  public TaskInfo getTaskInfo() {
    return operator.taskInfo();
  }

  @Override
  public MetricGroup metricGroup() {
    return operator.metrics();
  }
}
