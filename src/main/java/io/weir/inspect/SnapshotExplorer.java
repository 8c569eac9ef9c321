package io.weir.inspect;

import io.weir.inspect.StateEntry.Difference;
import io.weir.inspect.StateEntry.KeyGroupSize;
import io.weir.inspect.StateEntry.Page;
import io.weir.inspect.StateEntry.Position;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateDescription;
import io.weir.state.KeyedBlocks;
import io.weir.state.StateBackendFactory;
import io.weir.storage.SnapshotReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Looks into completed checkpoints and savepoints: which operators and states there are, what they
 * hold for a key, where most of it is, and how two snapshots differ. Needs no class of the job, for
 * a snapshot describes its types; changes nothing.
 *
 * <p>However large a snapshot is, it takes the memory of some blocks, of the page that is asked
 * for, or, for a difference, of the keys of one key group. A piece of state is read from its
 * beginning, and the files of a database are copied or linked to the local disk first; so it may
 * take as long as a restore. Every method throws {@link io.weir.snapshot.CorruptStateException} if
 * the snapshot is damaged where it was read, {@link java.nio.file.NoSuchFileException} if there is
 * none, and {@link NoSuchElementException} if it has no such operator or state.
 */
public final class SnapshotExplorer {
  /** Of one value no more parts (fields, elements, entries) are given. */
  public static final int MOST_PARTS = 1_000;

  /** A page has at most so many entries. */
  public static final int MOST_ENTRIES = 1_000;

  /** A page ends behind the entry with which it exceeds this, as stored. */
  private static final long PAGE_BYTES = 4L << 20;

  private final SnapshotReader reader;
  private final StateBackendFactory backend;

  /**
   * Looks at nothing yet.
   *
   * @param backend opens pieces of keyed state; that of RocksDB opens all there are
   */
  public SnapshotExplorer(SnapshotReader reader, StateBackendFactory backend) {
    this.reader = reader;
    this.backend = backend;
  }

  /**
   * What is in a snapshot; reads its metadata only.
   *
   * @param path its directory, or the {@code _metadata} in it
   */
  public SnapshotContents contents(String path) throws IOException {
    return SnapshotContents.of(reader.read(path));
  }

  /**
   * Some entries of a state. Key groups are spread by the hash codes of keys, so that the first
   * ones are a fair sample.
   *
   * @param operator its uid or id
   * @param from where to begin
   * @param most how many, at most {@link #MOST_ENTRIES}
   */
  public Page entries(String path, String operator, String state, Position from, int most)
      throws IOException {
    SnapshotMetadata metadata = reader.read(path);
    OperatorState owner = operator(metadata, operator);
    EntryPage page = new EntryPage(from, Math.min(most, MOST_ENTRIES), PAGE_BYTES);
    if (description(owner, state).kind().isKeyed()) {
      int first = Math.min(from.part(), owner.maxParallelism());
      KeyGroupRange rest = new KeyGroupRange(first, owner.maxParallelism() - 1);
      fill(page, owner, state, rest);
    } else {
      OperatorStateEntries.read(owner, state, reader, page);
    }
    return page.finish();
  }

  /**
   * What a keyed state holds for one key, in all its namespaces.
   *
   * @param operator its uid or id
   * @param key as a tree like those that this class gives out; the text of a key without parts will
   *     do, too
   */
  public List<StateEntry> lookUp(String path, String operator, String state, Object key)
      throws IOException {
    OperatorState owner = operator(reader.read(path), operator);
    StateDescription description = requireKeyed(owner, state);
    KeyGroupRange range =
        KeyText.keyGroupOf(description.schemas().get(StateDescription.KEY), key, owner)
            .map(group -> new KeyGroupRange(group, group))
            .orElse(new KeyGroupRange(0, owner.maxParallelism() - 1));
    EntryPage page = new EntryPage(Position.START, MOST_ENTRIES, PAGE_BYTES).only(key);
    fill(page, owner, state, range);
    return page.finish().entries();
  }

  private void fill(EntryPage page, OperatorState owner, String state, KeyGroupRange range)
      throws IOException {
    try (KeyedStateScan scan = scan(owner, state, range)) {
      while (!page.isFull() && scan.peek() != null) {
        page.add(scan.take());
      }
    }
  }

  /**
   * Where most of a keyed state is.
   *
   * @param operator its uid or id
   * @param most how many key groups
   * @return largest first
   */
  public List<KeyGroupSize> largestKeyGroups(String path, String operator, String state, int most)
      throws IOException {
    OperatorState owner = operator(reader.read(path), operator);
    StateDescription unused = requireKeyed(owner, state);
    Map<Integer, KeyGroupSize> sizes = new HashMap<>();
    KeyGroupRange all = new KeyGroupRange(0, owner.maxParallelism() - 1);
    try (KeyedStateScan scan = scan(owner, state, all)) {
      for (KeyedBlocks.Block block = scan.take(); block != null; block = scan.take()) {
        sizes.merge(
            block.content().keyGroup(),
            new KeyGroupSize(
                block.content().keyGroup(),
                block.content().entries(),
                block.content().bytes().length),
            (a, b) ->
                new KeyGroupSize(
                    a.keyGroup(), a.entries() + b.entries(), a.sizeBytes() + b.sizeBytes()));
      }
    }
    return sizes.values().stream()
        .sorted(
            Comparator.comparingLong(KeyGroupSize::sizeBytes)
                .reversed()
                .thenComparingInt(KeyGroupSize::keyGroup))
        .limit(most)
        .toList();
  }

  /**
   * How a keyed state differs between two snapshots.
   *
   * @param operator its uid or id
   * @param most how many keys of each kind of difference are named
   * @throws IllegalArgumentException if keys or key groups are not the same in both, so that
   *     nothing can be compared
   */
  public Difference difference(String before, String after, String operator, String state, int most)
      throws IOException {
    OperatorState old = operatorIfAny(reader.read(before), operator);
    OperatorState present = operatorIfAny(reader.read(after), operator);
    StateDescription oldState = descriptionIfAny(old, state);
    StateDescription presentState = descriptionIfAny(present, state);
    if (oldState == null && presentState == null) {
      throw noState(state, operator);
    }
    StateDifference difference = new StateDifference(oldState, presentState, most);
    int keyGroups = (old == null ? present : old).maxParallelism();
    if (old != null && present != null && present.maxParallelism() != keyGroups) {
      throw new IllegalArgumentException(
          "The snapshots have another maximum parallelism: %d and %d."
              .formatted(keyGroups, present.maxParallelism()));
    }
    KeyGroupRange all = new KeyGroupRange(0, keyGroups - 1);
    try (KeyedStateScan left = scan(old, state, all);
        KeyedStateScan right = scan(present, state, all)) {
      for (int keyGroup = 0; keyGroup < keyGroups; keyGroup++) {
        difference.compare(keyGroup, left, right);
      }
    }
    return difference.result();
  }

  private KeyedStateScan scan(OperatorState operator, String state, KeyGroupRange range) {
    return new KeyedStateScan(operator, state, range, backend, reader);
  }

  private static OperatorState operator(SnapshotMetadata metadata, String operator) {
    OperatorState found = operatorIfAny(metadata, operator);
    if (found == null) {
      List<String> known =
          metadata.operators().stream()
              .map(each -> each.uid() == null ? each.id().toString() : each.uid())
              .toList();
      throw new NoSuchElementException(
          "The snapshot has no operator '%s'; it has %s.".formatted(operator, known));
    }
    return found;
  }

  private static OperatorState operatorIfAny(SnapshotMetadata metadata, String operator) {
    return metadata.operators().stream()
        .filter(each -> operator.equals(each.uid()) || operator.equals(each.id().toString()))
        .findFirst()
        .orElse(null);
  }

  private static StateDescription requireKeyed(OperatorState operator, String state) {
    StateDescription description = description(operator, state);
    if (!description.kind().isKeyed()) {
      throw new NoSuchElementException(
          "The state '%s' is operator state and has no keys.".formatted(state));
    }
    return description;
  }

  private static StateDescription description(OperatorState operator, String state) {
    StateDescription found = descriptionIfAny(operator, state);
    if (found == null) {
      throw noState(state, operator.uid() == null ? operator.id().toString() : operator.uid());
    }
    return found;
  }

  private static NoSuchElementException noState(String state, String operator) {
    return new NoSuchElementException(
        "Operator '%s' has no state '%s' in the snapshot.".formatted(operator, state));
  }

  /** Keyed state is found first. */
  private static StateDescription descriptionIfAny(OperatorState operator, String state) {
    if (operator == null) {
      return null;
    }
    List<StateDescription> found = new ArrayList<>();
    operator
        .subtasks()
        .values()
        .forEach(
            subtask -> {
              subtask.keyed().forEach(handle -> found.addAll(handle.states()));
              subtask
                  .operator()
                  .forEach(handle -> handle.states().forEach(s -> found.add(s.state())));
            });
    return found.stream()
        .filter(each -> each.name().equals(state))
        .min(Comparator.comparing(each -> !each.kind().isKeyed()))
        .orElse(null);
  }
}
