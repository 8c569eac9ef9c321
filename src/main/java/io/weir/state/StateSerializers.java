package io.weir.state;

import io.weir.api.state.StateMigration;
import io.weir.api.types.TypeInformation;
import io.weir.serial.SchemaIncompatibleException;
import io.weir.serial.SerializationException;
import io.weir.serial.Serializer;
import io.weir.serial.Serializers;
import io.weir.serial.ValueReader;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.Renames;
import io.weir.snapshot.Schema;
import io.weir.snapshot.SchemaComparison;
import io.weir.snapshot.StateComparison;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
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
   * The serializer that reads stored values as values of the present type, of a state that has been
   * found to fit.
   *
   * @param role what the values are in the state, one of {@link StateDescription}'s roles
   * @param stored how they were described when they were written
   */
  <T> Serializer<T> reader(String stateName, String role, Schema stored, TypeInformation<T> type) {
    Serializer<T> present = of(stateName, role, type);
    if (present.schema().equals(stored)) {
      return present;
    }
    Serializer<T> reader =
        role.equals(StateDescription.VALUE)
            ? Serializers.reader(stored, type)
            : Serializers.keyReader(stored, type);
    LOG.info(
        "{} is read as it was stored, and written as it is declared now. What is different:\n{}",
        what(stateName, role),
        Serializers.compare(stored, type).table());
    return reader;
  }

  /**
   * What reads the stored values of a state, as its types accept it or else as its migration makes
   * them.
   *
   * @param stored how they were described when they were written
   * @param migration null if there is none
   */
  public <T> ValueReader<T> valueReader(
      String stateName, Schema stored, TypeInformation<T> type, StateMigration<T> migration) {
    if (migration == null
        || Serializers.compare(stored, type).verdict() != SchemaComparison.Verdict.INCOMPATIBLE) {
      return reader(stateName, StateDescription.VALUE, stored, type);
    }
    String what = what(stateName, StateDescription.VALUE);
    LOG.info("{} becomes what its StateMigration makes of it.", what);
    ValueReader<?> old =
        migration.getOldType() == null
            ? Serializers.treeReader(stored)
            : Serializers.reader(stored, migration.getOldType());
    return new MigratedValues<>(what, old, migration.getFunction());
  }

  /**
   * A state as the job asks for it.
   *
   * @param serializers of its values, by role
   * @param migration of its values, or null
   */
  static AskedState asked(
      String name,
      StateKind kind,
      Map<String, Serializer<?>> serializers,
      StateMigration<?> migration) {
    Map<String, Schema> schemas = new HashMap<>();
    Map<String, Renames> renames = new HashMap<>();
    serializers.forEach(
        (role, serializer) -> {
          schemas.put(role, serializer.schema());
          renames.put(role, serializer.renames());
        });
    return new AskedState(new StateDescription(name, kind, schemas), renames, migrated(migration));
  }

  private static AskedState.Migrated migrated(StateMigration<?> migration) {
    if (migration == null) {
      return null;
    }
    if (migration.getOldType() == null) {
      return AskedState.Migrated.ANYTHING;
    }
    Serializer<?> old = Serializers.of(migration.getOldType());
    return new AskedState.Migrated(old.schema(), old.renames());
  }

  /**
   * Sees to it that a restored state can become the one of its name that the job asks for.
   *
   * @throws StateException if it cannot; the message says why and what to do, the cause that trying
   *     again is of no use
   */
  void requireFit(StateDescription stored, AskedState asked) {
    String refusal = StateComparison.compare(stored, asked).refusal();
    if (refusal != null) {
      String message = "operator '" + operatorName + "': " + refusal;
      throw new StateException(message, new SchemaIncompatibleException(message));
    }
  }

  private String what(String stateName, String role) {
    return "operator '" + operatorName + "': the " + role + " of state '" + stateName + "'";
  }
}
