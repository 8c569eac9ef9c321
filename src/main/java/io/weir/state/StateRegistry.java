package io.weir.state;

import io.weir.api.state.StateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.snapshot.AskedState;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The states that a job has asked one backend for, by name. Sees to it that a name stands for one
 * state only. Belongs to the task's thread.
 *
 * @param <K> the type of key
 * @param <R> what the backend keeps of each state
 */
public final class StateRegistry<K, R> {
  private final TypeInformation<K> keyType;
  private final StateSerializers serializers;
  private final Map<String, R> states = new LinkedHashMap<>();
  private final Map<String, KeyedStateFormat<?, ?>> formats = new HashMap<>();

  /** How each state was asked for last: asking in the same way again needs no check. */
  private final Map<String, Asked> asked = new HashMap<>();

  public StateRegistry(TypeInformation<K> keyType, StateSerializers serializers) {
    this.keyType = keyType;
    this.serializers = serializers;
  }

  /**
   * The state that was added for such a descriptor, or null.
   *
   * @param namespace null for a state without
   * @throws StateException if there is a state of this name with another kind or type
   */
  public R find(StateDescriptor<?, ?> descriptor, TypeInformation<?> namespace) {
    R known = states.get(descriptor.getName());
    if (known == null) {
      return null;
    }
    Asked last = asked.get(descriptor.getName());
    if (last == null || !last.isFor(descriptor, namespace)) {
      checkSame(KeyedStateFormat.of(descriptor, keyType, namespace, serializers));
      asked.put(descriptor.getName(), new Asked(descriptor, namespace));
    }
    return known;
  }

  /**
   * The queue of timers that was added under a name, or null.
   *
   * @throws StateException if there is something else of this name
   */
  public R findTimers(String name, TypeInformation<?> namespace) {
    R known = states.get(name);
    if (known != null) {
      checkSame(KeyedStateFormat.ofTimers(name, keyType, namespace, serializers));
    }
    return known;
  }

  /** Adds a state under the name in its format. */
  public void add(KeyedStateFormat<?, ?> format, R state) {
    String name = format.description().name();
    formats.put(name, format);
    states.put(name, state);
  }

  /** In the order in which they were added. */
  public Collection<R> all() {
    return Collections.unmodifiableCollection(states.values());
  }

  /** How they were asked for, in the order in which they were added. */
  public List<AskedState> asked() {
    return states.keySet().stream().map(name -> formats.get(name).asked()).toList();
  }

  public void clear() {
    states.clear();
    formats.clear();
    asked.clear();
  }

  private void checkSame(KeyedStateFormat<?, ?> format) {
    String name = format.description().name();
    KeyedStateFormat<?, ?> known = formats.get(name);
    if (!known.isSameAs(format)) {
      throw new StateException(
          "operator '"
              + serializers.operatorName()
              + "': the state '"
              + name
              + "' is a "
              + known.description().kind()
              + " state already, and was asked for again with another kind, type, namespace or time to live; use one descriptor, or another name");
    }
  }

  private record Asked(StateDescriptor<?, ?> descriptor, TypeInformation<?> namespace) {

    @SuppressWarnings("ReferenceEquality") // equal descriptors may have other types
    boolean isFor(StateDescriptor<?, ?> otherDescriptor, TypeInformation<?> otherNamespace) {
      return descriptor == otherDescriptor && Objects.equals(namespace, otherNamespace);
    }
  }
}
