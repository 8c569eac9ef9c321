package io.weir.state.rocksdb;

import io.weir.serial.BinaryInput;
import io.weir.serial.BinaryOutput;
import io.weir.serial.Serializer;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import io.weir.state.KeyedStateFormat;
import io.weir.state.Stamped;
import io.weir.state.TimeToLive;
import java.util.ArrayList;
import java.util.List;

/**
 * What the values of one column family look like: as in the canonical form, so of a value the value
 * itself, of a list a count and its elements, of a map's entry whether its value is not null and
 * the value; with the time of last use in front of each, if values expire. Belongs to the task's
 * thread.
 */
final class ValueLayout {
  /** Stands in the cache for the null value of a map's entry, since null is no entry. */
  static final Object NULL = new Object();

  private final StateKind kind;
  private final Serializer<Object> values;
  private final Serializer<Long> timestamps;
  private final TimeToLive timeToLive;

  ValueLayout(KeyedStateFormat<?, ?> format, TimeToLive timeToLive) {
    kind = format.description().kind();
    values = format.serializer(StateDescription.VALUE);
    timestamps = format.serializer(StateDescription.TIMESTAMP);
    this.timeToLive = timeToLive;
  }

  /** Whether an object can be changed by those who are given it. */
  boolean isMutable() {
    return kind == StateKind.LIST || !values.isImmutable();
  }

  /** A copy that can be changed without changing the object. */
  Object copy(Object object) {
    if (kind != StateKind.LIST) {
      return copyOfValue(object);
    }
    List<Object> copy = new ArrayList<>((List<?>) object);
    if (!values.isImmutable()) {
      copy.replaceAll(this::copyOfValue);
    }
    return copy;
  }

  private Object copyOfValue(Object stored) {
    if (stored == NULL) {
      return NULL;
    }
    if (timestamps == null) {
      return values.copy(stored);
    }
    Stamped stamped = (Stamped) stored;
    return stamped.value() == null
        ? stamped
        : new Stamped(values.copy(stamped.value()), stamped.timestamp());
  }

  void write(Object object, BinaryOutput out) {
    if (kind == StateKind.LIST) {
      List<?> elements = (List<?>) object;
      out.writeUnsignedVarInt(elements.size());
      for (Object element : elements) {
        writeValue(element, out);
      }
    } else {
      writeValue(object, out);
    }
  }

  Object read(BinaryInput in) {
    if (kind != StateKind.LIST) {
      return readValue(in);
    }
    int count = in.readCount(1);
    List<Object> elements = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      elements.add(readValue(in));
    }
    return elements;
  }

  /** Whether anything of a stored value has expired at a time. */
  boolean hasExpired(BinaryInput in, long now) {
    if (kind != StateKind.LIST) {
      return timeToLive.isExpiredAt(now, timestamps.read(in));
    }
    for (Object element : (List<?>) read(in)) {
      if (timeToLive.isExpiredAt(now, ((Stamped) element).timestamp())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Copies a stored value without what has expired at a time.
   *
   * @return whether anything is left
   */
  boolean copyUnexpired(BinaryInput in, long now, BinaryOutput out) {
    Object object = read(in);
    if (kind == StateKind.LIST) {
      List<?> elements = (List<?>) object;
      elements.removeIf(element -> timeToLive.isExpiredAt(now, ((Stamped) element).timestamp()));
      if (elements.isEmpty()) {
        return false;
      }
    } else if (timeToLive.isExpiredAt(now, ((Stamped) object).timestamp())) {
      return false;
    }
    write(object, out);
    return true;
  }

  private void writeValue(Object stored, BinaryOutput out) {
    if (timestamps != null) {
      timestamps.write(((Stamped) stored).timestamp(), out);
    }
    Object value = timestamps == null ? stored : ((Stamped) stored).value();
    if (kind == StateKind.MAP) {
      boolean present = value != null && value != NULL;
      out.writeBoolean(present);
      if (!present) {
        return;
      }
    }
    values.write(value, out);
  }

  private Object readValue(BinaryInput in) {
    long timestamp = timestamps == null ? 0 : timestamps.read(in);
    Object value = kind == StateKind.MAP && !in.readBoolean() ? null : values.read(in);
    if (timestamps != null) {
      return new Stamped(value, timestamp);
    }
    return value == null ? NULL : value;
  }
}
