package io.weir.plan;

import io.weir.snapshot.VertexId;
import java.util.List;

/**
 * What a job's graph has become: vertices, each a chain of operators that run in one task, and the
 * edges between them. Immutable.
 *
 * @param vertices each behind those that feed it
 * @param warnings what the author should know, one sentence each
 */
public record JobPlan(
    String jobName, List<PlannedVertex> vertices, List<PlannedEdge> edges, List<String> warnings) {
  public JobPlan {
    vertices = List.copyOf(vertices);
    edges = List.copyOf(edges);
    warnings = List.copyOf(warnings);
  }

  /**
   * The vertex with this id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public PlannedVertex vertex(VertexId id) {
    for (PlannedVertex vertex : vertices) {
      if (vertex.id().equals(id)) {
        return vertex;
      }
    }
    throw new IllegalArgumentException("job '" + jobName + "' has no vertex " + id);
  }

  /** The edges that end at this vertex, by input, then in the order of the author's calls. */
  public List<PlannedEdge> edgesInto(VertexId id) {
    return edges.stream().filter(edge -> edge.target().equals(id)).toList();
  }

  /** The edges that begin at this vertex. */
  public List<PlannedEdge> edgesOutOf(VertexId id) {
    return edges.stream().filter(edge -> edge.source().equals(id)).toList();
  }

  /** How many tasks it takes to run the job. */
  public int tasks() {
    return vertices.stream().mapToInt(PlannedVertex::parallelism).sum();
  }
}
