package io.weir.rest;

import io.weir.engine.Task;
import io.weir.job.Dispatcher;
import io.weir.job.execution.JobView;
import io.weir.job.surroundings.CatalogException;
import io.weir.plan.SlotPool;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The metrics of the server, its jobs and tasks as Flink's reporter gives them to Prometheus: its
 * names, labels and types, so that boards and alerts made for Flink work. Job manager and task
 * manager are one process here and have one address.
 */
@Path("/weir/v1/prometheus")
@RequestScoped
public class PrometheusResource {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JOB_MANAGER = "jobmanager";
  private static final String JOB = "jobmanager_job";
  private static final String TASK = "taskmanager_job_task";

  @Inject private JobSummaries jobs;
  @Inject private Dispatcher dispatcher;
  @Inject private JobMetrics jobMetrics;
  @Inject private TaskMetrics taskMetrics;

  /** Figures of all jobs and tasks under Flink's names, in Prometheus' format. */
  @GET
  public Response metrics() throws CatalogException {
    PrometheusText text = new PrometheusText();
    Map<String, String> server = Map.of("host", ThisServer.ENDPOINT);
    ProcessMetrics.now().forEach((name, value) -> text.add(JOB_MANAGER, name, server, value));
    long running = 0;
    for (JobSummary job : jobs.all()) {
      Map<String, Object> metrics = jobMetrics.of(job);
      if (!metrics.isEmpty()) {
        running++;
        metrics.forEach((name, value) -> text.add(JOB, name, labels(job), value));
        job.live().ifPresent(view -> tasks(job, view, text));
      }
    }
    text.add(JOB_MANAGER, "numRunningJobs", server, running);
    SlotPool slots = dispatcher.taskManagers().pool();
    text.add(JOB_MANAGER, "numRegisteredTaskManagers", server, slots.taskManagers().size());
    text.add(JOB_MANAGER, "taskSlotsTotal", server, slots.total());
    text.add(JOB_MANAGER, "taskSlotsAvailable", server, slots.free());
    return Response.ok(text.toString()).type(TEXT).build();
  }

  private static Map<String, String> labels(JobSummary job) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("job_id", job.id().toString());
    labels.put("job_name", job.name());
    labels.put("host", ThisServer.ENDPOINT);
    return labels;
  }

  private void tasks(JobSummary job, JobView view, PrometheusText text) {
    for (Task task : view.tasks()) {
      Map<String, String> labels = labels(job);
      labels.put("task_id", task.attempt().task().vertex().toString());
      labels.put("task_name", view.plan().vertex(task.attempt().task().vertex()).name());
      labels.put("task_attempt_num", String.valueOf(task.attempt().attempt()));
      labels.put("subtask_index", String.valueOf(task.attempt().task().subtask()));
      labels.put("tm_id", view.taskManagers().get(task.attempt().task()).toString());
      taskMetrics.of(view, task).forEach((name, value) -> text.add(TASK, name, labels, value));
    }
  }
}
