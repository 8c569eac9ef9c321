package io.weir.plan;

import io.weir.api.graph.OneInputTransformation;
import io.weir.api.graph.PartitionTransformation;
import io.weir.api.graph.SideOutputTransformation;
import io.weir.api.graph.SinkTransformation;
import io.weir.api.graph.SourceTransformation;
import io.weir.api.graph.Transformation;
import io.weir.api.graph.TransformationVisitor;
import io.weir.api.graph.TwoInputTransformation;
import io.weir.api.graph.UnionTransformation;
import io.weir.config.Configuration;
import io.weir.config.CoreOptions;
import io.weir.config.PipelineOptions;
import io.weir.snapshot.KeyGroups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operators of a job with their parallelism, joined directly: unions, partitionings and side
 * outputs have become properties of the links. It has no cycles, since a transformation is created
 * after its inputs.
 */
final class OperatorGraph {
  private static final String DEFAULT_SLOT_SHARING_GROUP = "default";

  private final int defaultParallelism;
  private final int defaultMaxParallelism;
  private final List<OperatorNode> operators = new ArrayList<>();
  private final Map<Transformation<?>, List<Feed>> feeds = new HashMap<>();
  private final Flattening flattening = new Flattening();

  private OperatorGraph(Configuration configuration) {
    this.defaultParallelism = configuration.get(CoreOptions.DEFAULT_PARALLELISM);
    this.defaultMaxParallelism = configuration.get(PipelineOptions.MAX_PARALLELISM);
  }

  static OperatorGraph of(List<Transformation<?>> transformations, Configuration configuration) {
    OperatorGraph graph = new OperatorGraph(configuration);
    transformations.forEach(graph::feedsOf);
    return graph;
  }

  /** All operators, each behind those that feed it. */
  List<OperatorNode> operators() {
    return operators;
  }

  /** What a consumer of the transformation reads. */
  private List<Feed> feedsOf(Transformation<?> transformation) {
    List<Feed> known = feeds.get(transformation);
    if (known == null) {
      known = transformation.accept(flattening);
      feeds.put(transformation, known);
    }
    return known;
  }

  private final class Flattening implements TransformationVisitor<List<Feed>> {
    @Override
    public <T> List<Feed> source(SourceTransformation<T> source) {
      return operator(source, "Source: " + source.name());
    }

    @Override
    public <I, O> List<Feed> oneInput(OneInputTransformation<I, O> operator) {
      return operator(operator, operator.name());
    }

    @Override
    public <A, B, O> List<Feed> twoInput(TwoInputTransformation<A, B, O> operator) {
      return operator(operator, operator.name());
    }

    @Override
    public <T> List<Feed> sink(SinkTransformation<T> sink) {
      return operator(sink, "Sink: " + sink.name());
    }

    @Override
    public <T> List<Feed> union(UnionTransformation<T> union) {
      return union.inputs().stream().flatMap(input -> feedsOf(input).stream()).toList();
    }

    @Override
    public <T> List<Feed> partition(PartitionTransformation<T> partition) {
      return feedsOf(partition.input()).stream()
          .map(feed -> feed.partitionedBy(partition.partitioning()))
          .toList();
    }

    @Override
    public <T> List<Feed> sideOutput(SideOutputTransformation<T> sideOutput) {
      return feedsOf(sideOutput.input()).stream()
          .map(feed -> feed.ofSideOutput(sideOutput.outputTag()))
          .toList();
    }
  }

  private List<Feed> operator(Transformation<?> transformation, String name) {
    List<Feed> inputs = new ArrayList<>();
    for (int i = 0; i < transformation.inputs().size(); i++) {
      for (Feed feed : feedsOf(transformation.inputs().get(i))) {
        inputs.add(feed.toInput(i));
      }
    }
    int parallelism = or(transformation.parallelism(), defaultParallelism);
    int maxParallelism =
        or(
            transformation.maxParallelism(),
            or(defaultMaxParallelism, KeyGroups.defaultMaxParallelism(parallelism)));
    OperatorNode node =
        new OperatorNode(
            transformation,
            name,
            parallelism,
            maxParallelism,
            slotSharingGroup(transformation, inputs),
            inputs);
    operators.add(node);
    return List.of(Feed.of(node));
  }

  private static int or(int chosen, int otherwise) {
    return chosen == Transformation.PARALLELISM_DEFAULT ? otherwise : chosen;
  }

  /** Without a choice of its own, an operator is in the group that all its inputs are in. */
  private static String slotSharingGroup(Transformation<?> transformation, List<Feed> inputs) {
    if (transformation.slotSharingGroup() != null) {
      return transformation.slotSharingGroup();
    }
    List<String> groups =
        inputs.stream().map(feed -> feed.source().slotSharingGroup()).distinct().toList();
    return groups.size() == 1 ? groups.get(0) : DEFAULT_SLOT_SHARING_GROUP;
  }
}
