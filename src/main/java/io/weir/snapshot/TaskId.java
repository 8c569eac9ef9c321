package io.weir.snapshot;

/**
 * Names one parallel instance of a vertex.
 *
 * @param subtask from 0 to the vertex's parallelism - 1
 */
public record TaskId(VertexId vertex, int subtask) implements Comparable<TaskId> {

  @Override
  public int compareTo(TaskId other) {
    int byVertex = vertex.compareTo(other.vertex);
    return byVertex != 0 ? byVertex : Integer.compare(subtask, other.subtask);
  }

  @Override
  public String toString() {
    return vertex + "/" + subtask;
  }
}
