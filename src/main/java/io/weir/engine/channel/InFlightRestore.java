package io.weir.engine.channel;

import io.weir.serial.BinaryInput;
import io.weir.serial.SerializationException;
import io.weir.serial.Serializer;
import io.weir.serial.Serializers;
import io.weir.snapshot.ChannelStateHandle;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.CRC32C;

/** Puts records that were in flight back into the channels of one task, in front of new ones. */
public final class InFlightRestore {
  private final List<Target> targets;
  private final OwnRecords own;
  private final String operatorName;

  /** A channel, and where its records come from. */
  public record Target(Channel channel, InFlightEdge.Origin origin) {}

  /**
   * Into these channels, of which each can be captured.
   *
   * @param operatorName for messages
   */
  public InFlightRestore(
      List<Target> targets, int subtask, int parallelism, int maxParallelism, String operatorName) {
    this.targets = List.copyOf(targets);
    this.own = new OwnRecords(subtask, parallelism, maxParallelism);
    this.operatorName = operatorName;
  }

  /**
   * Reads what falls to this task, as it was assigned.
   *
   * @throws CorruptStateException if the bytes are not those that were written
   */
  public void restore(List<ChannelStateHandle> handles, StateReader reader) throws IOException {
    for (ChannelStateHandle handle : handles) {
      byte[] data;
      try (InputStream in = reader.open(handle.data())) {
        data = in.readAllBytes();
      }
      for (ChannelStateHandle.Segment segment : handle.segments()) {
        restore(segment, data, handle.parallelism() != own.parallelism());
      }
    }
  }

  private void restore(ChannelStateHandle.Segment segment, byte[] data, boolean isRescaled)
      throws IOException {
    verify(segment, data);
    Target target = targetOf(segment);
    InFlightEdge edge = target.origin().edge();
    OwnRecords.Rule rule = isRescaled ? edge.partitioning().accept(own) : value -> true;
    Serializer<?> serializer =
        Serializers.reader(segment.records().schemas().get(StateDescription.VALUE), edge.type());
    BinaryInput in = new BinaryInput(data, (int) segment.offset(), (int) segment.length());
    try {
      for (long i = 0; i < segment.count(); i++) {
        boolean isThere = in.readBoolean();
        long timestamp = in.readVarLong();
        Object value = isThere ? serializer.read(in) : null;
        if (rule.isOwn(value)) {
          target.channel().restore(value, timestamp);
        }
      }
    } catch (SerializationException e) {
      throw new CorruptStateException(
          "the records in flight to operator '" + operatorName + "' cannot be read", e);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(
          "the key of a record that was in flight to operator '"
              + operatorName
              + "' cannot be found out",
          e);
    }
  }

  private void verify(ChannelStateHandle.Segment segment, byte[] data)
      throws CorruptStateException {
    if (segment.offset() < 0
        || segment.length() < 0
        || segment.offset() > data.length - segment.length()) {
      throw damaged("a segment is beyond the end of the file");
    }
    CRC32C checksum = new CRC32C();
    checksum.update(data, (int) segment.offset(), (int) segment.length());
    if ((int) checksum.getValue() != segment.crc32c()) {
      throw damaged("the checksum of a segment does not match");
    }
  }

  private CorruptStateException damaged(String why) {
    return new CorruptStateException(
        "the records in flight to operator '" + operatorName + "' are damaged: " + why);
  }

  /**
   * The channel from the same producer, if there is one: then the records keep their order with
   * those that follow.
   */
  private Target targetOf(ChannelStateHandle.Segment segment) {
    List<Target> ofEdge =
        targets.stream()
            .filter(target -> target.origin().edge().place() == segment.edge())
            .toList();
    if (ofEdge.isEmpty()) {
      throw new IllegalStateException(
          "operator '" + operatorName + "' has no edge " + segment.edge() + " to restore");
    }
    return ofEdge.get(segment.subtask() % ofEdge.size());
  }
}
