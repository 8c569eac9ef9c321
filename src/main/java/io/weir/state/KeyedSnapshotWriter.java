package io.weir.state;

import io.weir.config.Configuration;
import io.weir.config.ExecutionOptions;
import io.weir.serial.BinaryOutput;
import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.Compression;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes keyed state in the canonical form, which every backend can read: by key group, and within
 * a key group by state.
 *
 * <p>A key group is a sequence of blocks and a 0. A block is: index of its state + 1, number of its
 * entries, number of its bytes, bytes. An entry never spans two blocks, so a reader that knows
 * nothing of a state's types can skip its blocks, or keep them. What an entry consists of is the
 * business of {@link KeyedEntryWriter}. If the snapshot is compressed, each key group is compressed
 * by itself ({@link CompressedOutput}), and the offsets are those of what is stored.
 *
 * <p>Holds one block in memory. Belongs to one thread. {@link #close()} without {@link #finish()}
 * throws everything away.
 */
public final class KeyedSnapshotWriter implements AutoCloseable {
  /** A block is written as soon as it has this many bytes. */
  private static final int BLOCK_BYTES = 64 * 1024;

  private final KeyGroupRange range;
  private final List<StateDescription> states;
  private final Compression compression;
  private final StateWriter writer;
  private final StateOutput target;

  /** Takes the bytes of a key group, and passes all of them on when it is flushed. */
  private final OutputStream out;

  private final long[] offsets;
  private final BytesByState bytes;

  private final BinaryOutput header = new BinaryOutput();
  private final BinaryOutput block = new BinaryOutput(BLOCK_BYTES + BLOCK_BYTES / 4);
  private int entries;

  /** How many key groups of the range have been begun. */
  private int begun;

  /** The state whose entries are being written, or -1. */
  private int state = -1;

  /**
   * @param range the key groups that will be written, in ascending order
   * @param states the states that will be written; they are referred to by their index
   */
  public KeyedSnapshotWriter(
      KeyGroupRange range,
      List<StateDescription> states,
      Compression compression,
      StateWriter writer)
      throws IOException {
    this.range = range;
    this.states = List.copyOf(states);
    this.offsets = new long[range.size()];
    this.bytes = new BytesByState(states.size());
    this.compression = compression;
    this.writer = writer;
    this.target = writer.create();
    this.out = compression == Compression.NONE ? target : new CompressedOutput(target);
  }

  /** The compression that a job has chosen. */
  public static Compression compressionOf(Configuration job) {
    return job.get(ExecutionOptions.SNAPSHOT_COMPRESSION) ? Compression.LZ4 : Compression.NONE;
  }

  /** Begins the next key group. One that is left out is empty. */
  public void beginKeyGroup(int keyGroup) throws IOException {
    if (!range.contains(keyGroup) || keyGroup - range.start() < begun) {
      throw new IllegalArgumentException(
          "key group "
              + keyGroup
              + " cannot follow "
              + (range.start() + begun - 1)
              + " of "
              + range);
    }
    beginKeyGroups(keyGroup - range.start() + 1);
  }

  /** Begins the entries of a state in the present key group. */
  public void beginState(int index) throws IOException {
    flushBlock();
    state = index;
  }

  /** Where to write the next entry of the present state. */
  public BinaryOutput entry() {
    return block;
  }

  /** Ends the entry that was written to {@link #entry()}. */
  public void endEntry() throws IOException {
    entries++;
    if (block.position() >= BLOCK_BYTES) {
      flushBlock();
    }
  }

  /** Writes a block of the present state as it was read. */
  public void writeBlock(RestoredBlock restored) throws IOException {
    flushBlock();
    writeBlock(restored.entries(), restored.bytes(), restored.bytes().length);
  }

  /** Makes everything durable. */
  public CanonicalKeyedState finish() throws IOException {
    beginKeyGroups(range.size());
    endKeyGroup();
    StateHandle data = target.finish();
    for (int index = 0; index < states.size(); index++) {
      writer.stateWritten(states.get(index), bytes.of(index), bytes.of(index));
    }
    return new CanonicalKeyedState(range, states, offsets, compression, data);
  }

  @Override
  public void close() throws IOException {
    target.close();
  }

  private void beginKeyGroups(int count) throws IOException {
    while (begun < count) {
      endKeyGroup();
      offsets[begun++] = target.position();
    }
  }

  private void endKeyGroup() throws IOException {
    flushBlock();
    state = -1;
    if (begun > 0) {
      out.write(0);
      out.flush();
      bytes.putOfNone(1);
      bytes.stored(target.position() - offsets[begun - 1]);
    }
  }

  private void flushBlock() throws IOException {
    if (entries > 0) {
      writeBlock(entries, block.array(), block.position());
      block.reset();
      entries = 0;
    }
  }

  private void writeBlock(int entryCount, byte[] content, int length) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("writing a snapshot of keyed state was interrupted");
    }
    header.writeUnsignedVarInt(state + 1);
    header.writeUnsignedVarInt(entryCount);
    header.writeUnsignedVarInt(length);
    bytes.put(state, header.position() + length);
    header.flushTo(out);
    out.write(content, 0, length);
  }
}
