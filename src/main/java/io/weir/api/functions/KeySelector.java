package io.weir.api.functions;

/**
 * Takes the key out of a record. It must always give an equal key for an equal record, and the
 * key's hash code must be the same in every process: no arrays, and no enums or plain objects whose
 * hash code is their identity.
 *
 * @param <IN> type of the records
 * @param <KEY> type of the key
 */
@FunctionalInterface
public interface KeySelector<IN, KEY> extends Function {
  /**
   * The key of a record.
   *
   * @param value the record; must not be changed
   * @return its key, not null
   * @throws Exception to fail the task
   */
  KEY getKey(IN value) throws Exception;
}
