package io.weir.rest;

import io.weir.engine.Task;
import io.weir.job.execution.JobView;
import io.weir.job.surroundings.CatalogException;
import io.weir.plan.PlannedVertex;
import io.weir.plan.TaskManagerId;
import io.weir.snapshot.VertexId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Finds the vertices of the jobs that this server runs or has run. */
@ApplicationScoped
public class Vertices {

  /** A vertex with its tasks, by index. */
  record Found(JobSummary job, JobView view, PlannedVertex vertex, List<Task> tasks) {

    TaskManagerId taskManagerOf(Task task) {
      return view.taskManagers().get(task.attempt().task());
    }

    /** With only the tasks in one task manager. */
    Found in(TaskManagerId taskManager) {
      return new Found(
          job,
          view,
          vertex,
          tasks.stream().filter(task -> taskManagerOf(task).equals(taskManager)).toList());
    }

    Task task(int subtask) {
      return tasks.stream()
          .filter(task -> task.attempt().task().subtask() == subtask)
          .findFirst()
          .orElseThrow(
              () ->
                  ApiException.notFound(
                      "Invalid subtask index for vertex " + vertex.id() + ": " + subtask));
    }
  }

  @Inject private JobSummaries jobs;

  /**
   * The vertex of these ids.
   *
   * @throws ApiException 400 if one is no id, 404 if there is no such job or vertex
   */
  Found get(String jobId, String vertexId) throws CatalogException {
    VertexId id = PathIds.vertex(vertexId);
    return of(jobs.get(jobId), id)
        .orElseThrow(() -> ApiException.notFound("JobVertex %s not found".formatted(vertexId)));
  }

  /** Empty also if there is no such job: so metrics and back-pressure are answered. */
  Optional<Found> find(String jobId, String vertexId) throws CatalogException {
    VertexId id = PathIds.vertex(vertexId);
    Optional<JobSummary> job = jobs.find(PathIds.job(jobId));
    return job.flatMap(found -> of(found, id));
  }

  private static Optional<Found> of(JobSummary job, VertexId id) {
    return job.live()
        .flatMap(
            view ->
                view.plan().vertices().stream()
                    .filter(vertex -> vertex.id().equals(id))
                    .findFirst()
                    .map(vertex -> new Found(job, view, vertex, tasks(view, vertex))));
  }

  static List<Task> tasks(JobView view, PlannedVertex vertex) {
    return view.tasks().stream()
        .filter(task -> task.attempt().task().vertex().equals(vertex.id()))
        .toList();
  }
}
