package io.weir.plan;

import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.snapshot.RescaleMapping;

/** On which edges barriers may overtake records, which then become part of a checkpoint. */
final class UnalignedEdges {
  private final boolean forced;

  UnalignedEdges(Configuration configuration) {
    this.forced = configuration.get(CheckpointingOptions.FORCE_UNALIGNED);
  }

  /**
   * Where the order or the copies of records must not change, nothing may be in flight. Behind a
   * custom partitioner records in flight find their place again only if it depends on nothing but
   * the key, so that is to be demanded.
   */
  boolean supports(Link link) {
    RescaleMapping mapping = link.partitioning().accept(new MappingOf());
    return mapping != RescaleMapping.UNSUPPORTED
        && (mapping != RescaleMapping.FULL || forced)
        && link.type() != null;
  }

  /** Whether all that keeps barriers from overtaking is that nobody knows how to store records. */
  boolean lacksType(Link link) {
    return link.type() == null
        && link.partitioning().accept(new MappingOf()) != RescaleMapping.UNSUPPORTED;
  }
}
