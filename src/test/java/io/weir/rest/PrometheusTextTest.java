package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

  @Test
  void isWrittenAsFlinksReporterWritesIt() {
    PrometheusText text = new PrometheusText();
    text.add("jobmanager_job", "lastCheckpointDuration", Map.of("job_name", "golden-normal"), 71L);
    text.add("jobmanager_job", "lastCheckpointExternalPath", Map.of(), "file:/x");
    text.add("jobmanager_job", "lastCheckpointDuration", Map.of("job_name", "b"), 1795346634718L);
    text.add("taskmanager_job_task", "isBackPressured", Map.of(), true);

    assertThat(text)
        .hasToString(
            """
            # HELP flink_jobmanager_job_lastCheckpointDuration lastCheckpointDuration (scope: jobmanager_job)
            # TYPE flink_jobmanager_job_lastCheckpointDuration gauge
            flink_jobmanager_job_lastCheckpointDuration{job_name="golden_normal",} 71.0
            flink_jobmanager_job_lastCheckpointDuration{job_name="b",} 1.795346634718E12
            # HELP flink_jobmanager_job_lastCheckpointExternalPath lastCheckpointExternalPath (scope: jobmanager_job)
            # TYPE flink_jobmanager_job_lastCheckpointExternalPath gauge
            flink_jobmanager_job_lastCheckpointExternalPath{} 0.0
            # HELP flink_taskmanager_job_task_isBackPressured isBackPressured (scope: taskmanager_job_task)
            # TYPE flink_taskmanager_job_task_isBackPressured gauge
            flink_taskmanager_job_task_isBackPressured{} 1.0
            """);
  }
}
