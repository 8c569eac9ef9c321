package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.execution.JobView;
import io.weir.plan.JobPlan;
import io.weir.plan.PlannedEdge;
import io.weir.plan.PlannedVertex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A job's graph as Flink shows it. */
final class PlanJson {

  private PlanJson() {}

  static ObjectNode of(JobSummary job) {
    ObjectNode plan =
        Json.object()
            .put("jid", job.id().toString())
            .put("name", job.name())
            .put("type", "STREAMING");
    ArrayNode nodes = plan.putArray("nodes");
    job.live().map(JobView::plan).ifPresent(graph -> sinksFirst(graph, nodes));
    return plan;
  }

  private static void sinksFirst(JobPlan graph, ArrayNode nodes) {
    List<PlannedVertex> vertices = new ArrayList<>(graph.vertices());
    Collections.reverse(vertices);
    vertices.forEach(vertex -> nodes.add(node(graph, vertex)));
  }

  private static ObjectNode node(JobPlan graph, PlannedVertex vertex) {
    ObjectNode node =
        Json.object()
            .put("id", vertex.id().toString())
            .put("parallelism", vertex.parallelism())
            .put("operator", "")
            .put("operator_strategy", "")
            .put("description", escape(vertex.name()) + "<br/>");
    List<PlannedEdge> edges = graph.edgesInto(vertex.id());
    if (!edges.isEmpty()) {
      ArrayNode inputs = node.putArray("inputs");
      for (int i = 0; i < edges.size(); i++) {
        inputs
            .addObject()
            .put("num", i)
            .put("id", edges.get(i).source().toString())
            .put("ship_strategy", edges.get(i).partitioning().label())
            .put("exchange", "pipelined_bounded");
      }
    }
    node.putObject("optimizer_properties");
    return node;
  }

  /** A name is the author's text, and a description is HTML. */
  private static String escape(String name) {
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
