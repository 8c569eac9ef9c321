package io.weir.state;

import io.weir.api.functions.MapFunction;
import io.weir.serial.BinaryInput;
import io.weir.serial.SchemaIncompatibleException;
import io.weir.serial.ValueReader;

/**
 * Reads stored values as their state's migration makes them.
 *
 * @param what the values are, for messages
 * @param stored reads them as what the migration takes
 */
record MigratedValues<T>(String what, ValueReader<?> stored, MapFunction<Object, T> migration)
    implements ValueReader<T> {

  @Override
  public T read(BinaryInput in) {
    Object old = stored.read(in);
    T value;
    try {
      value = migration.map(old);
    } catch (Exception e) {
      throw failed("failed with " + e, old, e);
    }
    if (value == null) {
      throw failed("gave null", old, null);
    }
    return value;
  }

  /** Not damage, and trying again is of no use. */
  private StateException failed(String how, Object old, Exception cause) {
    String message =
        what
            + " cannot be restored: its StateMigration "
            + how
            + " for the stored value "
            + old
            + "; it must give a value for every stored one";
    return new StateException(message, new SchemaIncompatibleException(message, cause));
  }
}
