package io.weir.engine;

import io.weir.api.functions.ProcessFunction;
import io.weir.api.types.Collector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Notes the records that pass, as text, and passes them on. */
final class Seen<T> extends ProcessFunction<T, T> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, List<String>> LISTS = new ConcurrentHashMap<>();

  private final String name;

  Seen(String name) {
    this.name = name;
    LISTS.put(name, new ArrayList<>());
  }

  /** What every subtask has seen, in the order in which they saw it. */
  static List<String> by(String name) {
    return LISTS.get(name);
  }

  @Override
  public void processElement(T value, Context context, Collector<T> out) {
    LISTS.get(name).add(String.valueOf(value));
    out.collect(value);
  }
}
