package io.weir.plan;

import io.weir.api.graph.Transformation;
import java.util.ArrayList;
import java.util.List;

/** A transformation that becomes an operator, while its graph is being put together. */
final class OperatorNode {
  private final Transformation<?> transformation;
  private final String name;
  private final int parallelism;
  private final int maxParallelism;
  private final String slotSharingGroup;
  private final List<Link> inputs;
  private final List<Link> outputs = new ArrayList<>();

  OperatorNode(
      Transformation<?> transformation,
      String name,
      int parallelism,
      int maxParallelism,
      String slotSharingGroup,
      List<Feed> feeds) {
    this.transformation = transformation;
    this.name = name;
    this.parallelism = parallelism;
    this.maxParallelism = maxParallelism;
    this.slotSharingGroup = slotSharingGroup;
    this.inputs = feeds.stream().map(feed -> feed.to(this)).toList();
    inputs.forEach(link -> link.source().outputs.add(link));
  }

  Transformation<?> transformation() {
    return transformation;
  }

  /** The name that is shown. */
  String name() {
    return name;
  }

  int parallelism() {
    return parallelism;
  }

  int maxParallelism() {
    return maxParallelism;
  }

  String slotSharingGroup() {
    return slotSharingGroup;
  }

  /** By input, then in the order of the author's calls. */
  List<Link> inputs() {
    return inputs;
  }

  /** In the order of the author's calls. */
  List<Link> outputs() {
    return outputs;
  }

  @Override
  public String toString() {
    return name;
  }
}
