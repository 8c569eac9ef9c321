package io.weir.inspect;

import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.Schema;
import java.util.Optional;

/** A key as people write it. */
final class KeyText {
  private KeyText() {}

  /** Whether a stored key, as a tree, is the one that is asked for. */
  static boolean isSame(Object stored, Object asked) {
    return stored.equals(asked) || String.valueOf(stored).equals(String.valueOf(asked));
  }

  /**
   * The key group of a key, if that can be told without the class of the key: only one key group
   * has to be looked through then.
   */
  static Optional<Integer> keyGroupOf(Schema schema, Object key, OperatorState operator) {
    if (!(schema instanceof Schema.Scalar scalar)) {
      return Optional.empty();
    }
    String text = String.valueOf(key);
    Object value;
    try {
      value =
          switch (scalar.kind()) {
            case STRING -> text;
            case INT -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case SHORT -> Short.valueOf(text);
            case BYTE -> Byte.valueOf(text);
            default -> null;
          };
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    return Optional.ofNullable(value)
        .map(known -> KeyGroups.keyGroupOf(known, operator.maxParallelism()));
  }
}
