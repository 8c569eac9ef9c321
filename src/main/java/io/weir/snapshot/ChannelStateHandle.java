package io.weir.snapshot;

import java.util.List;

/**
 * The channel state of one subtask: the records that were in flight to it when barriers overtook
 * them.
 *
 * @param parallelism of the operator then
 * @param segments in the order of their bytes
 * @param data the bytes of all segments
 */
public record ChannelStateHandle(int parallelism, List<Segment> segments, StateHandle data) {
  public ChannelStateHandle {
    segments = List.copyOf(segments);
  }

  /**
   * The records of one channel, in their order.
   *
   * @param edge the place of the channel's edge among those into the operator
   * @param producer the operator that had sent them
   * @param subtask of the producer
   * @param mapping how the edge spread records
   * @param records describes them
   * @param count of records
   * @param offset where they begin in the data, in bytes
   * @param length in bytes
   * @param crc32c checksum of these bytes
   */
  public record Segment(
      int edge,
      OperatorId producer,
      int subtask,
      RescaleMapping mapping,
      StateDescription records,
      long count,
      long offset,
      long length,
      int crc32c) {}

  /** How many records there are. */
  public long count() {
    return segments.stream().mapToLong(Segment::count).sum();
  }
}
