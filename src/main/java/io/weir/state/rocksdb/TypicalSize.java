package io.weir.state.rocksdb;

import io.weir.serial.BinaryOutput;
import java.util.List;

/**
 * What objects of a state take that have been changed and not been written since, roughly. What one
 * takes is known only when it is written, and until then a cache would not know when it is full; so
 * every now and then one is written just to see. Belongs to the task's thread.
 */
final class TypicalSize {
  private static final int SAMPLED_IN = 64;

  /** The sizes follow the latest samples in steps of this part. */
  private static final int STEP_PART = 8;

  private final ValueLayout values;
  private final BinaryOutput out = new BinaryOutput();
  private int untilSample;
  private int bytes;
  private int elementBytes;

  TypicalSize(ValueLayout values) {
    this.values = values;
  }

  /** Of an object that has just been put in, in bytes. */
  int of(Object value) {
    if (untilSample == 0) {
      sample(value);
      untilSample = SAMPLED_IN;
    }
    untilSample--;
    return bytes;
  }

  /** Of an element of a list, in bytes; 0 if objects are not lists. */
  int ofElement() {
    return elementBytes;
  }

  private void sample(Object value) {
    out.reset();
    values.write(value, out);
    bytes = follow(bytes, out.position());
    if (value instanceof List<?> list && !list.isEmpty()) {
      elementBytes = follow(elementBytes, out.position() / list.size());
    }
  }

  private static int follow(int known, int sampled) {
    return known == 0 ? sampled : known + (sampled - known) / STEP_PART;
  }
}
