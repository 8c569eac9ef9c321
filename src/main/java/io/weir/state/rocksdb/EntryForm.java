package io.weir.state.rocksdb;

import io.weir.serial.BinaryOutput;
import io.weir.snapshot.StateKind;

/** Turns stored entries of a column family into entries of the canonical form, byte by byte. */
final class EntryForm {
  private final boolean timers;

  /** Orders the timers that are written, since their order is not in their canonical bytes. */
  private long sequence;

  EntryForm(Family family) {
    timers = family.description().kind() == StateKind.TIMERS;
  }

  /** Appends one entry. */
  void append(byte[] key, byte[] value, BinaryOutput out) {
    append(key, value, value.length, out);
  }

  /** The same with the beginning of an array as value. */
  void append(byte[] key, byte[] value, int valueLength, BinaryOutput out) {
    int start = KeyLayout.KEY_GROUP_BYTES + (timers ? KeyLayout.TIMESTAMP_BYTES : 0);
    out.writeBytes(key, start, key.length - start);
    if (timers) {
      out.writeVarLong(KeyLayout.timestampOf(key));
      out.writeVarLong(sequence++);
    } else {
      out.writeBytes(value, 0, valueLength);
    }
  }
}
