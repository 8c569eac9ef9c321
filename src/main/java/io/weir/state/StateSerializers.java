package io.weir.state;

import io.weir.api.types.TypeInformation;
import io.weir.serial.SchemaIncompatibleException;
import io.weir.serial.SerializationException;
import io.weir.serial.Serializer;
import io.weir.serial.Serializers;
import io.weir.snapshot.Schema;
import io.weir.snapshot.StateDescription;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the serializers of one operator's states, and explains in terms of operator and state if
 * there is none. Belongs to the task's thread; the serializers do not.
 */
public final class StateSerializers {
  private final String operatorName;
  private final Map<TypeInformation<?>, Serializer<?>> known = new HashMap<>();

  public StateSerializers(String operatorName) {
    this.operatorName = operatorName;
  }

  /** The operator, for messages. */
  public String operatorName() {
    return operatorName;
  }

  /**
   * The serializer for values of the present type.
   *
   * @param role what the values are in the state, one of {@link StateDescription}'s roles
   * @throws StateException if values of this type cannot be stored
   */
  @SuppressWarnings("unchecked") // stored under its own type
  public <T> Serializer<T> of(String stateName, String role, TypeInformation<T> type) {
    try {
      return (Serializer<T>) known.computeIfAbsent(type, Serializers::of);
    } catch (SerializationException e) {
      throw new StateException(
          what(stateName, role)
              + " cannot be of type "
              + type
              + ": "
              + e.getMessage()
              + "; use another type",
          e);
    }
  }

  /**
   * The serializer that reads stored values as values of the present type.
   *
   * @param role what the values are in the state, one of {@link StateDescription}'s roles
   * @param stored how they were described when they were written
   * @throws StateException if the stored values cannot be read as this type
   */
  public <T> Serializer<T> reader(
      String stateName, String role, Schema stored, TypeInformation<T> type) {
    Serializer<T> present = of(stateName, role, type);
    if (present.schema().equals(stored)) {
      return present;
    }
    if (role.equals(StateDescription.KEY)) {
      throw new StateException(
          what(stateName, role)
              + " was stored as "
              + stored.summary()
              + " and is now "
              + present.schema().summary()
              + ". The type of a key cannot change, because keys are found by their hash codes; restore it, or start without this state");
    }
    try {
      return Serializers.reader(stored, type);
    } catch (SchemaIncompatibleException e) {
      throw new StateException(what(stateName, role) + " cannot be restored: " + e.getMessage(), e);
    }
  }

  private String what(String stateName, String role) {
    return "operator '" + operatorName + "': the " + role + " of state '" + stateName + "'";
  }
}
