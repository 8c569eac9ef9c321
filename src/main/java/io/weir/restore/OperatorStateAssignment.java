package io.weir.restore;

import io.weir.snapshot.OperatorState;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.OperatorStateHandle.Partitioned;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.SubtaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Spreads operator state. A list is dealt out evenly, a union list goes to every subtask whole, a
 * broadcast map to every subtask from one. With the parallelism unchanged each subtask keeps its
 * own part of a list, and its own broadcast map if it has one.
 */
final class OperatorStateAssignment {
  private final int oldParallelism;
  private final int parallelism;
  private final List<OperatorStateHandle> handles = new ArrayList<>();

  /** For each new subtask: the parts it gets, by the index of the handle that they are in. */
  private final List<SortedMap<Integer, List<Partitioned>>> shares = new ArrayList<>();

  /**
   * Which new subtask is the next to get one element more than others; so that the odd elements of
   * many lists do not all go to the first.
   */
  private int next;

  /** A state of an operator, found in several subtasks. */
  private record StateKey(String name, StateKind kind) implements Comparable<StateKey> {
    private static final Comparator<StateKey> ORDER =
        Comparator.comparing(StateKey::name).thenComparing(StateKey::kind);

    @Override
    public int compareTo(StateKey other) {
      return ORDER.compare(this, other);
    }
  }

  /** What one old subtask had of a state. */
  private record Part(int oldSubtask, int handle, Partitioned content) {}

  private OperatorStateAssignment(int oldParallelism, int parallelism) {
    this.oldParallelism = oldParallelism;
    this.parallelism = parallelism;
    for (int subtask = 0; subtask < parallelism; subtask++) {
      shares.add(new TreeMap<>());
    }
  }

  /** The handles for each of the new subtasks. */
  static List<List<OperatorStateHandle>> assign(OperatorState old, int parallelism) {
    OperatorStateAssignment assignment =
        new OperatorStateAssignment(old.parallelism(), parallelism);
    assignment.collect(old).forEach((key, parts) -> assignment.spread(key.kind(), parts));
    return assignment.result();
  }

  private SortedMap<StateKey, List<Part>> collect(OperatorState old) {
    SortedMap<StateKey, List<Part>> states = new TreeMap<>();
    for (Map.Entry<Integer, SubtaskState> subtask : old.subtasks().entrySet()) {
      for (OperatorStateHandle handle : subtask.getValue().operator()) {
        for (Partitioned content : handle.states()) {
          StateKey key = new StateKey(content.state().name(), content.state().kind());
          Part part = new Part(subtask.getKey(), handles.size(), content);
          states.computeIfAbsent(key, absent -> new ArrayList<>()).add(part);
        }
        handles.add(handle);
      }
    }
    return states;
  }

  private void spread(StateKind kind, List<Part> parts) {
    switch (kind) {
      case OPERATOR_UNION -> giveAll(parts);
      case BROADCAST -> giveOne(parts);
      case OPERATOR_LIST -> {
        if (oldParallelism == parallelism) {
          parts.forEach(part -> give(part.oldSubtask(), part));
        } else {
          deal(parts);
        }
      }
      default -> throw new IllegalArgumentException("not a kind of operator state: " + kind);
    }
  }

  private void giveAll(List<Part> parts) {
    for (int subtask = 0; subtask < parallelism; subtask++) {
      for (Part part : parts) {
        give(subtask, part);
      }
    }
  }

  private void giveOne(List<Part> parts) {
    for (int subtask = 0; subtask < parallelism; subtask++) {
      int receiver = subtask;
      Part own =
          parts.stream()
              .filter(part -> part.oldSubtask() == receiver)
              .findFirst()
              .orElse(parts.get(subtask % parts.size()));
      give(subtask, own);
    }
  }

  /** Each subtask gets a run of neighbouring elements; no two differ by more than one element. */
  private void deal(List<Part> parts) {
    int elements = parts.stream().mapToInt(part -> part.content().offsets().length).sum();
    int each = elements / parallelism;
    int odd = elements % parallelism;
    ElementCursor cursor = new ElementCursor(parts);
    for (int i = 0; i < parallelism; i++) {
      int subtask = (next + i) % parallelism;
      for (Part part : cursor.take(each + (i < odd ? 1 : 0))) {
        give(subtask, part);
      }
    }
    next = (next + odd) % parallelism;
  }

  private void give(int subtask, Part part) {
    shares
        .get(subtask)
        .computeIfAbsent(part.handle(), absent -> new ArrayList<>())
        .add(part.content());
  }

  private List<List<OperatorStateHandle>> result() {
    List<List<OperatorStateHandle>> result = new ArrayList<>();
    for (SortedMap<Integer, List<Partitioned>> share : shares) {
      List<OperatorStateHandle> given = new ArrayList<>();
      share.forEach(
          (handle, content) ->
              given.add(new OperatorStateHandle(content, handles.get(handle).data())));
      result.add(given);
    }
    return result;
  }

  /** Goes through the elements of several parts in order. */
  private static final class ElementCursor {
    private final List<Part> parts;
    private int part;
    private int element;

    ElementCursor(List<Part> parts) {
      this.parts = parts;
    }

    /** The next elements, as many parts as they are spread over. */
    List<Part> take(int count) {
      List<Part> taken = new ArrayList<>();
      int missing = count;
      while (missing > 0) {
        long[] offsets = parts.get(part).content().offsets();
        int here = Math.min(missing, offsets.length - element);
        if (here > 0) {
          taken.add(cut(parts.get(part), element, element + here));
        }
        missing -= here;
        element += here;
        if (element == offsets.length) {
          part++;
          element = 0;
        }
      }
      return taken;
    }

    private static Part cut(Part part, int from, int to) {
      long[] offsets = Arrays.copyOfRange(part.content().offsets(), from, to);
      return new Part(
          part.oldSubtask(), part.handle(), new Partitioned(part.content().state(), offsets));
    }
  }
}
