package io.weir.serial;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring fields that share one byte, in front of them, which tells which of them are not
 * null: a bit for each that may be null, the first one highest. Without such fields there is no
 * byte.
 *
 * @param from index of its first field
 * @param to index behind its last field
 * @param nullables how many of them may be null, 0 to 8
 */
record FieldRun(int from, int to, int nullables) {

  /** Cuts the fields of a struct into runs. */
  static List<FieldRun> of(List<Boolean> nullable) {
    List<FieldRun> runs = new ArrayList<>();
    int from = 0;
    int nullables = 0;
    for (int i = 0; i < nullable.size(); i++) {
      if (nullable.get(i) && nullables == Byte.SIZE) {
        runs.add(new FieldRun(from, i, nullables));
        from = i;
        nullables = 0;
      }
      nullables += nullable.get(i) ? 1 : 0;
    }
    if (from < nullable.size()) {
      runs.add(new FieldRun(from, nullable.size(), nullables));
    }
    return runs;
  }

  /** Reads the byte in front. */
  int readPresence(BinaryInput in) {
    int presence = in.readByte() & 0xFF;
    if (presence >>> nullables != 0) {
      throw new SerializationException("the mark of what is null is damaged");
    }
    return presence;
  }
}
