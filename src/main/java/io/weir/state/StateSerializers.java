package io.weir.state;

import io.weir.api.state.StateMigration;
import io.weir.api.types.TypeInformation;
import io.weir.serial.SchemaIncompatibleException;
import io.weir.serial.SerializationException;
import io.weir.serial.Serializer;
import io.weir.serial.Serializers;
import io.weir.serial.ValueReader;
import io.weir.snapshot.Schema;
import io.weir.snapshot.SchemaComparison;
import io.weir.snapshot.StateDescription;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the serializers of one operator's states, and explains in terms of operator and state if
 * there is none. Belongs to the task's thread; the serializers do not.
 */
public final class StateSerializers {
  private static final Logger LOG = LoggerFactory.getLogger(StateSerializers.class);

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
      throw refused(
          what(stateName, role)
              + " was stored as "
              + stored.summary()
              + " and is now "
              + present.schema().summary()
              + ". What is different:\n"
              + Serializers.compare(stored, type).table()
              + "The type of a key cannot change, because keys are found by their hash codes;"
              + " restore it, or give the operator another uid, with which it starts empty",
          null);
    }
    try {
      Serializer<T> reader =
          role.equals(StateDescription.VALUE)
              ? Serializers.reader(stored, type)
              : Serializers.keyReader(stored, type);
      LOG.info(
          "{} is read as it was stored, and written as it is declared now. What is different:\n{}",
          what(stateName, role),
          Serializers.compare(stored, type).table());
      return reader;
    } catch (SchemaIncompatibleException e) {
      throw refused(
          what(stateName, role)
              + " cannot be restored: "
              + e.getMessage()
              + ", or set a StateMigration on the state's descriptor, or give the state another"
              + " name, with which it starts empty",
          e);
    }
  }

  /**
   * What reads the stored values of a state, as its types accept it or else as its migration makes
   * them.
   *
   * @param stored how they were described when they were written
   * @param migration null if there is none
   * @throws StateException if the stored values cannot be read so
   */
  public <T> ValueReader<T> valueReader(
      String stateName, Schema stored, TypeInformation<T> type, StateMigration<T> migration) {
    if (migration == null
        || Serializers.compare(stored, type).verdict() != SchemaComparison.Verdict.INCOMPATIBLE) {
      return reader(stateName, StateDescription.VALUE, stored, type);
    }
    String what = what(stateName, StateDescription.VALUE);
    LOG.info("{} becomes what its StateMigration makes of it.", what);
    return new MigratedValues<>(
        what, oldReader(what, stored, migration.getOldType()), migration.getFunction());
  }

  private static ValueReader<?> oldReader(String what, Schema stored, TypeInformation<?> oldType) {
    if (oldType == null) {
      return Serializers.treeReader(stored);
    }
    try {
      return Serializers.reader(stored, oldType);
    } catch (SchemaIncompatibleException e) {
      throw refused(
          what
              + " cannot be restored: it does not have the old type of its StateMigration: "
              + e.getMessage(),
          e);
    }
  }

  /** The cause tells that trying again is of no use. */
  private static StateException refused(String message, Throwable cause) {
    return new StateException(message, new SchemaIncompatibleException(message, cause));
  }

  private String what(String stateName, String role) {
    return "operator '" + operatorName + "': the " + role + " of state '" + stateName + "'";
  }
}
