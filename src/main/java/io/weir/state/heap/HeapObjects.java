package io.weir.state.heap;

import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.StateDescriptor;
import io.weir.api.state.StateTtlConfig;
import io.weir.api.state.StateTtlConfig.IncrementalCleanupStrategy;
import io.weir.api.types.TypeInformation;
import io.weir.state.KeyedEntryReader;
import io.weir.state.KeyedEntryWriter;
import io.weir.state.KeyedStateFormat;
import io.weir.state.NamespacedObjects;
import io.weir.state.ObjectState;
import io.weir.state.Stamped;
import io.weir.state.TimeToLive;
import io.weir.state.WholeObjectState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** A state of one object for each key and namespace, and the tables of these objects. */
final class HeapObjects<K, N> implements HeapState<K, N>, KeyScan<K> {
  private final KeyedTables<K, N> tables;
  private final WholeObjectState<K, N> state;
  private final Object view;

  /** Null if nothing is removed in the background. */
  private final ExpirySweep<K, N> sweep;

  private HeapObjects(
      KeyedTables<K, N> tables,
      WholeObjectState<K, N> state,
      boolean namespaced,
      StateTtlConfig config) {
    this.tables = tables;
    this.state = state;
    this.view = namespaced ? new NamespacedObjects<>(state, state) : state;
    IncrementalCleanupStrategy strategy =
        config.isEnabled() ? config.getCleanupStrategies().getIncrementalCleanupStrategy() : null;
    this.sweep = strategy == null ? null : new ExpirySweep<>(tables, state, strategy);
  }

  /**
   * Makes a state without entries.
   *
   * @param namespace null for a state without
   */
  static <K, N> HeapObjects<K, N> of(
      HeapContext<K> context, StateDescriptor<?, ?> descriptor, TypeInformation<N> namespace) {
    KeyedStateFormat<K, N> format =
        KeyedStateFormat.of(descriptor, context.keyType(), namespace, context.serializers());
    TimeToLive timeToLive = new TimeToLive(descriptor.getTtlConfig(), context.clockMillis());
    UnaryOperator<Object> copier = Stamped.copier(ObjectState.valueCopier(format), timeToLive);
    BinaryOperator<Object> changing =
        timeToLive.isEnabled() ? null : ObjectState.copierOfChangingValues(format);
    ValueCopies values =
        changing == null ? ValueCopies.forTheTask(copier) : ValueCopies.forSnapshots(changing);
    boolean namespaced = namespace != null;
    if (descriptor instanceof MapStateDescriptor<?, ?>) {
      KeyedTables<K, N> tables = new KeyedTables<>(context, namespaced, ValueCopies.NONE);
      return new HeapObjects<>(
          tables,
          new HeapMapState<>(format, timeToLive, tables, context.epochs(), values),
          namespaced,
          descriptor.getTtlConfig());
    }
    KeyedTables<K, N> tables =
        new KeyedTables<>(
            context,
            namespaced,
            descriptor instanceof ListStateDescriptor<?>
                ? ValueCopies.forTheTask(list -> copy(list, copier))
                : values);
    return new HeapObjects<>(
        tables,
        WholeObjectState.of(descriptor, format, timeToLive, tables),
        namespaced,
        descriptor.getTtlConfig());
  }

  private static List<Object> copy(Object list, UnaryOperator<Object> values) {
    List<Object> copy = new ArrayList<>((List<?>) list);
    if (values != null) {
      copy.replaceAll(values);
    }
    return copy;
  }

  @Override
  public void expect(Object[] keys, int[] keyGroups, int from, int to) {
    tables.expect(keys, keyGroups, from, to);
  }

  @Override
  public KeyedStateFormat<K, N> format() {
    return state.format();
  }

  @Override
  public ExpirySweep<K, N> sweep() {
    return sweep;
  }

  @Override
  public Object view() {
    return view;
  }

  @Override
  public void makeRoom(int group, int entries) {
    tables.makeRoom(group, entries);
  }

  @Override
  public void restore(KeyedEntryReader<K, N> entries) {
    while (entries.next()) {
      tables.enter(entries.keyGroup(), entries.key(), entries.namespace());
      state.restoreElement(entries);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // only keys and namespaces are put in as such
  public FrozenState freeze(Epochs.Lease lease) {
    TimeToLive timeToLive = state.timeToLive();
    long now = timeToLive.isFilteredInSnapshots() ? timeToLive.now() : Long.MIN_VALUE;
    return tables.freeze(
        state.format().description(),
        lease,
        (table, target) -> {
          KeyedEntryWriter<K, N> writer = state.format().writer(target);
          ValueTable.<IOException>forEach(
              table,
              (key, namespace, object) ->
                  state.write((K) key, (N) namespace, seen(object, lease), now, writer));
        });
  }

  /** Of the objects of states, only maps change in place while a snapshot sees them. */
  private static Object seen(Object object, Epochs.Lease lease) {
    return object instanceof ObjectTable map ? new HeapMapState.FrozenMap(map, lease) : object;
  }

  @Override
  public List<K> keys(int group) {
    return tables.keys(group);
  }
}
