package io.weir.plan;

import io.weir.snapshot.OperatorId;
import io.weir.snapshot.VertexId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes vertices of operators that are fused, and edges of the links between them. */
final class ChainBuilding {
  /** Where an operator has come to stand. */
  private record Place(VertexId vertex, int index) {}

  private final Map<OperatorNode, OperatorId> ids;
  private final Chaining chaining;
  private final UnalignedEdges unaligned;
  private final Map<OperatorNode, Place> places = new HashMap<>();
  private final List<PlannedVertex> vertices = new ArrayList<>();
  private final List<PlannedEdge> edges = new ArrayList<>();

  private ChainBuilding(
      Map<OperatorNode, OperatorId> ids, Chaining chaining, UnalignedEdges unaligned) {
    this.ids = ids;
    this.chaining = chaining;
    this.unaligned = unaligned;
  }

  static JobPlan build(
      String jobName,
      List<OperatorNode> operators,
      Map<OperatorNode, OperatorId> ids,
      Chaining chaining,
      UnalignedEdges unaligned,
      List<String> warnings) {
    ChainBuilding building = new ChainBuilding(ids, chaining, unaligned);
    List<OperatorNode> heads =
        operators.stream()
            .filter(operator -> operator.inputs().stream().noneMatch(chaining::fuses))
            .toList();
    heads.forEach(building::addVertex);
    heads.forEach(building::addEdgesInto);
    return new JobPlan(jobName, building.vertices, building.edges, warnings);
  }

  private void addVertex(OperatorNode head) {
    OperatorId headId = ids.get(head);
    VertexId id = new VertexId(headId.upper(), headId.lower());
    List<OperatorNode> chain = new ArrayList<>();
    addToChain(head, id, chain);
    vertices.add(
        new PlannedVertex(
            id,
            nameOfChain(head),
            head.parallelism(),
            head.maxParallelism(),
            head.slotSharingGroup(),
            chain.stream().map(this::planned).toList()));
  }

  private void addToChain(OperatorNode operator, VertexId vertex, List<OperatorNode> chain) {
    places.put(operator, new Place(vertex, chain.size()));
    chain.add(operator);
    fusedWith(operator).forEach(link -> addToChain(link.target(), vertex, chain));
  }

  private PlannedOperator planned(OperatorNode operator) {
    return new PlannedOperator(
        ids.get(operator),
        operator.name(),
        operator.transformation().uid(),
        operator.transformation(),
        operator.parallelism(),
        operator.maxParallelism(),
        fusedWith(operator).stream()
            .map(link -> new ChainLink(places.get(link.target()).index, link.sideOutput()))
            .toList());
  }

  private List<Link> fusedWith(OperatorNode operator) {
    return operator.outputs().stream().filter(chaining::fuses).toList();
  }

  /** {@code a -> b} for one successor, {@code a -> (b, c)} for several. */
  private String nameOfChain(OperatorNode operator) {
    List<String> next =
        fusedWith(operator).stream().map(link -> nameOfChain(link.target())).toList();
    if (next.isEmpty()) {
      return operator.name();
    }
    return operator.name()
        + (next.size() == 1
            ? " -> " + next.get(0)
            : next.stream().collect(Collectors.joining(", ", " -> (", ")")));
  }

  private void addEdgesInto(OperatorNode head) {
    for (Link link : head.inputs()) {
      Place source = places.get(link.source());
      edges.add(
          new PlannedEdge(
              source.vertex,
              source.index,
              places.get(head).vertex,
              link.input(),
              link.partitioning(),
              link.sideOutput(),
              link.type(),
              unaligned.supports(link)));
    }
  }
}
