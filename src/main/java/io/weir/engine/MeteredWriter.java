package io.weir.engine;

import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateSize;
import io.weir.snapshot.StateWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of state that one operator writes, and notes of which states they are; gives way
 * to other threads meanwhile. Safe for use by several threads.
 */
final class MeteredWriter implements StateWriter {
  private final StateWriter writer;
  private final Clock clock;
  private final AtomicLong writtenBytes = new AtomicLong();
  private final Queue<StateSize> states = new ConcurrentLinkedQueue<>();

  MeteredWriter(StateWriter writer, Clock clock) {
    this.writer = writer;
    this.clock = clock;
  }

  long writtenBytes() {
    return writtenBytes.get();
  }

  /** One for each state that has any bytes. */
  List<StateSize> states() {
    return StateSize.sums(states);
  }

  @Override
  public void stateWritten(StateDescription state, long written, long full) {
    states.add(new StateSize(state.name(), state.kind(), written, full));
  }

  @Override
  public StateOutput create() throws IOException {
    return new Metered(writer.create());
  }

  @Override
  public StateOutput createShared(Path source) throws IOException {
    return new Metered(writer.createShared(source));
  }

  @Override
  public boolean mayRefer(StateHandle shared) {
    return writer.mayRefer(shared);
  }

  @Override
  public boolean isLocal() {
    return writer.isLocal();
  }

  @Override
  public void subtaskWritten() throws IOException {
    writer.subtaskWritten();
  }

  private final class Metered extends StateOutput {
    private final StateOutput output;
    private final GivingWay givingWay = new GivingWay(clock);

    Metered(StateOutput output) {
      this.output = output;
    }

    @Override
    public long position() {
      return output.position();
    }

    @Override
    public void write(int value) throws IOException {
      output.write(value);
      givingWay.written(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      output.write(bytes, offset, length);
      givingWay.written(length);
    }

    @Override
    public StateHandle finish() throws IOException {
      StateHandle handle = output.finish();
      writtenBytes.addAndGet(handle.sizeBytes());
      return handle;
    }

    @Override
    public void close() throws IOException {
      output.close();
    }
  }
}
