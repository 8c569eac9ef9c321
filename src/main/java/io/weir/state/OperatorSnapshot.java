package io.weir.state;

import io.weir.serial.BinaryOutput;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot of operator state: its elements one after the other, each with its length in front
 * (four bytes).
 */
final class OperatorSnapshot implements PendingSnapshot<OperatorStateHandle> {
  private final List<FrozenOperatorState> states;

  OperatorSnapshot(List<FrozenOperatorState> states) {
    this.states = states.stream().filter(state -> state.size() > 0).toList();
  }

  @Override
  public OperatorStateHandle write(StateWriter writer) throws IOException {
    if (states.isEmpty()) {
      return null;
    }
    try (StateOutput out = writer.create()) {
      List<OperatorStateHandle.Partitioned> written = new ArrayList<>();
      for (FrozenOperatorState state : states) {
        long begin = out.position();
        written.add(
            new OperatorStateHandle.Partitioned(state.description(), writeElements(state, out)));
        long bytes = out.position() - begin;
        writer.stateWritten(state.description(), bytes, bytes);
      }
      return new OperatorStateHandle(written, out.finish());
    }
  }

  /** Holds nothing but memory of its own. */
  @Override
  public void discard() {}

  private static long[] writeElements(FrozenOperatorState state, StateOutput out)
      throws IOException {
    long[] offsets = new long[state.size()];
    BinaryOutput element = new BinaryOutput();
    BinaryOutput length = new BinaryOutput(Integer.BYTES);
    for (int index = 0; index < offsets.length; index++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("writing a snapshot of operator state was interrupted");
      }
      offsets[index] = out.position();
      state.elements().write(index, element);
      length.writeInt(element.position());
      length.flushTo(out);
      element.flushTo(out);
    }
    return offsets;
  }
}
