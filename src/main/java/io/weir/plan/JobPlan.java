package io.weir.plan;

import io.weir.snapshot.VertexId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /** How many edges a record passes at most on its way from a source to a sink. */
  public int edgesOnLongestPath() {
    Map<VertexId, Integer> lengths = new HashMap<>();
    int longest = 0;
    for (PlannedVertex vertex : vertices) {
      int length =
          edgesInto(vertex.id()).stream()
              .mapToInt(edge -> lengths.get(edge.source()) + 1)
              .max()
              .orElse(0);
      lengths.put(vertex.id(), length);
      longest = Math.max(longest, length);
    }
    return longest;
  }

  /** How many tasks it takes to run the job. */
  public int tasks() {
    return vertices.stream().mapToInt(PlannedVertex::parallelism).sum();
  }
}
