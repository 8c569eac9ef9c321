package io.weir.state.rocksdb;

import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.state.StateTtlConfig;
import io.weir.api.state.StateTtlConfig.RocksdbCompactFilterCleanupStrategy;
import io.weir.api.types.TypeInformation;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.Compression;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.Schema;
import io.weir.snapshot.StateDescription;
import io.weir.state.KeyFaults;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedEntryReader;
import io.weir.state.KeyedStateBackend;
import io.weir.state.KeyedStateFormat;
import io.weir.state.NamespacedObjects;
import io.weir.state.NamespacedState;
import io.weir.state.ObjectState;
import io.weir.state.PendingSnapshot;
import io.weir.state.RestoredState;
import io.weir.state.StateRegistry;
import io.weir.state.StateSerializers;
import io.weir.state.TimeToLive;
import io.weir.state.TimerQueue;
import io.weir.state.WholeObjectState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keyed state in a database on a local disk. */
final class RocksKeyedStateBackend<K> implements KeyedStateBackend<K> {

  /**
   * What a job's configuration says of its backends.
   *
   * @param incremental whether checkpoints consist of the database's files
   * @param compression of snapshots in the canonical form
   * @param timersInMemory of a key group
   */
  record Settings(boolean incremental, Compression compression, int timersInMemory) {}

  private final KeyedBackendParameters<K> parameters;
  private final Settings settings;
  private final WorkDirectory directory;
  private final Database database;
  private final WriteBackCache cache;
  private final Uploads uploads;
  private final TableFamilies tableFamilies;
  private final ParallelTransfer transfer;
  private final Runnable whenCheckpointed;
  private final ActiveKey<K> current;
  private final StateSerializers serializers;
  private final StateRegistry<K, RocksState<K, ?>> states;

  /** Those whose entries are known when the key is. */
  private final List<RocksState<K, ?>> plainStates = new ArrayList<>();

  /** Of the states whose values are removed when they have expired. */
  private final List<ExpirySweep<K, ?>> sweeps = new ArrayList<>();

  private boolean closed;

  /**
   * @param whenCheckpointed called when a checkpoint is complete
   */
  RocksKeyedStateBackend(
      KeyedBackendParameters<K> parameters,
      Settings settings,
      WorkDirectory directory,
      DatabaseRestore.Restored restored,
      WriteBackCache cache,
      ParallelTransfer transfer,
      Runnable whenCheckpointed) {
    this.parameters = parameters;
    this.settings = settings;
    this.directory = directory;
    this.database = restored.database();
    this.cache = cache;
    this.uploads = new Uploads(restored.files());
    this.tableFamilies = new TableFamilies(database);
    this.transfer = transfer;
    this.whenCheckpointed = whenCheckpointed;
    this.current = new ActiveKey<>(parameters.range());
    this.serializers = new StateSerializers(parameters.operatorName());
    this.states = new StateRegistry<>(parameters.keyType(), serializers);
  }

  @Override
  public KeyGroupRange keyGroupRange() {
    return parameters.range();
  }

  @Override
  public int maxParallelism() {
    return parameters.maxParallelism();
  }

  @Override
  public void setCurrentKey(K key, int keyGroup) {
    cache.betweenKeys();
    current.set(key, keyGroup);
  }

  @Override
  public void expect(Object[] keys, int[] keyGroups, int from, int to) {
    if (!fetchesTogether()) {
      return;
    }
    long before = cache.usedBytes();
    for (RocksState<K, ?> state : plainStates) {
      if (state.objects().wantsPrefetch(keys, from, to)) {
        state.objects().prefetch(keys, keyGroups, from, to);
      }
    }
    cache.fetched(cache.usedBytes() - before);
  }

  /** Whether values are fetched together when their keys are expected. */
  boolean fetchesTogether() {
    return cache.holdsFetched();
  }

  @Override
  public K currentKey() {
    return current.key();
  }

  @Override
  @SuppressWarnings("unchecked") // the state is made of the descriptor, which says so
  public <S extends State> S state(StateDescriptor<S, ?> descriptor) {
    return (S) find(descriptor, null).view();
  }

  @Override
  @SuppressWarnings("unchecked") // the state is made of the descriptor, which says so
  public <N, S extends State> NamespacedState<N, S> namespaced(
      StateDescriptor<S, ?> descriptor, TypeInformation<N> namespace) {
    return (NamespacedState<N, S>) find(descriptor, namespace).view();
  }

  @Override
  @SuppressWarnings("unchecked") // checked by its format
  public <N> TimerQueue<K, N> timers(String name, TypeInformation<N> namespace) {
    RocksState<K, ?> known = states.findTimers(name, namespace);
    if (known == null) {
      KeyedStateFormat<K, N> format =
          KeyedStateFormat.ofTimers(name, parameters.keyType(), namespace, serializers);
      known = register(format, family -> timers(family, format));
    }
    return (TimerQueue<K, N>) known.view();
  }

  @Override
  public List<AskedState> states() {
    return states.asked();
  }

  @Override
  public <S extends State> void forEachKey(StateDescriptor<S, ?> descriptor, Consumer<K> action) {
    CachedObjects<K, ?> objects = find(descriptor, null).objects();
    KeyGroupRange range = parameters.range();
    for (int keyGroup = range.start(); keyGroup <= range.end(); keyGroup++) {
      for (K key : objects.keysOf(keyGroup)) {
        setCurrentKey(key, keyGroup);
        action.accept(key);
      }
    }
  }

  @Override
  public PendingSnapshot<KeyedStateHandle> snapshot(long checkpointId, CheckpointType type) {
    if (!settings.incremental() || !type.mayShareFiles()) {
      return new CanonicalSnapshot(
          parameters.range(), settings.compression(), cache.freeze(database::view), expiries());
    }
    Path links = directory.snapshot(checkpointId);
    TreeMap<String, StateDescription> families = new TreeMap<>();
    database.families().forEach(family -> families.put(family.name(), family.description()));
    FrozenChanges<Boolean> changes =
        cache.freeze(
            () -> {
              boolean empty = database.isEmpty();
              if (!empty) {
                database.linkFiles(links);
              }
              return !empty;
            });
    return new FilesSnapshot(
        checkpointId,
        parameters.range(),
        families,
        changes,
        links,
        uploads,
        tableFamilies,
        transfer);
  }

  @Override
  public boolean cleanUp() {
    for (int index = 0; index < sweeps.size(); index++) {
      if (sweeps.get(index).step()) {
        cache.betweenKeys();
        return true;
      }
    }
    return false;
  }

  @Override
  public void checkpointCompleted(long checkpointId) {
    uploads.checkpointCompleted(checkpointId);
    whenCheckpointed.run();
  }

  @Override
  public void checkpointAborted(long checkpointId) {
    uploads.checkpointAborted(checkpointId);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      states.clear();
      cache.close();
      database.close();
    }
  }

  private Map<String, CanonicalSnapshot.Expiry> expiries() {
    Map<String, CanonicalSnapshot.Expiry> expiries = new HashMap<>();
    for (RocksState<K, ?> state : states.all()) {
      if (state.timeToLive() != null && state.timeToLive().isFilteredInSnapshots()) {
        expiries.put(
            state.family().name(),
            new CanonicalSnapshot.Expiry(state.objects().values(), state.timeToLive().now()));
      }
    }
    return expiries;
  }

  private <N> RocksState<K, ?> find(
      StateDescriptor<?, ?> descriptor, TypeInformation<N> namespace) {
    RocksState<K, ?> known = states.find(descriptor, namespace);
    if (known != null) {
      return known;
    }
    KeyedStateFormat<K, N> format =
        KeyedStateFormat.of(descriptor, parameters.keyType(), namespace, serializers);
    return register(format, family -> objects(family, descriptor, format, namespace != null));
  }

  private <N> RocksState<K, N> objects(
      Family family,
      StateDescriptor<?, ?> descriptor,
      KeyedStateFormat<K, N> format,
      boolean namespaced) {
    TimeToLive timeToLive = new TimeToLive(descriptor.getTtlConfig(), parameters.clockMillis());
    CachedObjects<K, N> objects = new CachedObjects<>(cache, family, current, format, timeToLive);
    cache.add(objects);
    ObjectState<K, N> state =
        descriptor instanceof MapStateDescriptor<?, ?>
            ? new RocksMapState<>(format, timeToLive, objects)
            : WholeObjectState.of(descriptor, format, timeToLive, objects);
    return new RocksState<>(
        family,
        objects,
        namespaced ? new NamespacedObjects<>(state, state) : state,
        entry -> {
          objects.enter(entry.namespace());
          state.restoreElement(entry);
        },
        timeToLive,
        sweep(family, objects, state, descriptor.getTtlConfig()));
  }

  /** What removes expired values; null if nothing does. */
  private <N> ExpirySweep<K, N> sweep(
      Family family, CachedObjects<K, N> objects, ObjectState<K, N> state, StateTtlConfig config) {
    RocksdbCompactFilterCleanupStrategy strategy =
        config.getCleanupStrategies().getRocksdbCompactFilterCleanupStrategy();
    return !config.isEnabled() || strategy == null
        ? null
        : new ExpirySweep<>(
            database, family, current, objects, state, strategy, config.getTimeToLive());
  }

  private <N> RocksState<K, N> timers(Family family, KeyedStateFormat<K, N> format) {
    RocksTimerQueue<K, N> queue =
        new RocksTimerQueue<>(
            cache,
            family,
            current,
            this::setCurrentKey,
            format,
            parameters.range(),
            settings.timersInMemory());
    cache.add(queue);
    return new RocksState<>(
        family,
        null,
        queue,
        entry -> queue.register(entry.namespace(), entry.timestamp()),
        null,
        null);
  }

  /**
   * Adds a state. What was restored for it is taken as it is, if it has the present format, and
   * else converted entry by entry.
   */
  private <N> RocksState<K, N> register(
      KeyedStateFormat<K, N> format, Function<Family, RocksState<K, N>> making) {
    cache.settle(); // column families may only change when the last barrier's links are made
    Family own = null;
    List<Family> others = new ArrayList<>();
    for (Family family : database.families()) {
      if (family.description().name().equals(format.description().name())) {
        if (own == null
            && !family.holdsBlocks()
            && family.description().equals(format.description())) {
          own = family;
        } else {
          format.requireFit(family.description());
          if (database.isEmpty(family)) {
            database.drop(family);
          } else {
            others.add(family);
          }
        }
      }
    }
    long now = parameters.clockMillis().getAsLong();
    List<KeyedEntryReader<K, N>> readers = new ArrayList<>();
    for (Family other : others) {
      RestoredState restored =
          new RestoredState(other.description(), new FamilyBlocks(database, other));
      readers.add(format.reader(restored, parameters.maxParallelism(), now));
    }
    if (own == null) {
      own = database.createEntries(format.description());
    } else {
      checkKeys(format, own);
    }
    RocksState<K, N> state = making.apply(own);
    convert(readers, state);
    others.forEach(database::drop);
    states.add(format, state);
    if (state.sweep() != null) {
      sweeps.add(state.sweep());
    }
    Map<String, Schema> roles = format.description().schemas();
    if (state.objects() != null
        && !roles.containsKey(StateDescription.NAMESPACE)
        && !roles.containsKey(StateDescription.MAP_KEY)) {
      plainStates.add(state);
    }
    return state;
  }

  private <N> void convert(List<KeyedEntryReader<K, N>> readers, RocksState<K, N> state) {
    K keyBefore = current.key();
    int keyGroupBefore = current.keyGroup();
    for (KeyedEntryReader<K, N> entries : readers) {
      while (entries.next()) {
        setCurrentKey(entries.key(), entries.keyGroup());
        state.restoring().accept(entries);
      }
    }
    current.reset(keyBefore, keyGroupBefore);
    if (!readers.isEmpty()) {
      // only now may the families that were read be dropped
      cache.write();
    }
  }

  /** Looks at one key of every key group: does it still belong there? */
  private <N> void checkKeys(KeyedStateFormat<K, N> format, Family family) {
    KeyLayout<K, N> layout = new KeyLayout<>(format);
    int last = parameters.range().end();
    int[] next = {parameters.range().start()};
    while (next[0] <= last) {
      byte[] from = KeyLayout.startOf(next[0]);
      next[0] = last + 1;
      database.scan(
          family,
          from,
          (stored, value) -> {
            int keyGroup = KeyLayout.keyGroupOf(stored);
            if (keyGroup <= last) {
              checkKey(format, layout.keyOf(stored), keyGroup);
              next[0] = keyGroup + 1;
            }
            return false;
          });
    }
  }

  private void checkKey(KeyedStateFormat<K, ?> format, K key, int stored) {
    int expected = KeyGroups.keyGroupOf(key, parameters.maxParallelism());
    if (expected != stored) {
      throw KeyFaults.moved(
          parameters.operatorName(),
          format.description().name(),
          key,
          stored,
          expected,
          parameters.maxParallelism());
    }
  }
}
