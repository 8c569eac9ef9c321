package io.weir.engine.output;

import io.weir.api.types.TypeInformation;
import io.weir.serial.Serializer;
import io.weir.serial.Serializers;

/** Which records have to be copied when they are handed on: those of a type that can change. */
public final class RecordCopying {
  private RecordCopying() {}

  /**
   * What copies records of this type.
   *
   * @param type may be null if it is not known
   * @return null if records need no copy, because their type is immutable or, not being known,
   *     cannot be copied
   */
  public static Serializer<?> copierOf(TypeInformation<?> type) {
    if (type == null) {
      return null;
    }
    Serializer<?> serializer = Serializers.of(type);
    return serializer.isImmutable() ? null : serializer;
  }
}
