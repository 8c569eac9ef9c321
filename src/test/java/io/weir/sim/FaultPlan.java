package io.weir.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Decides when which fault happens: from time to time one is armed, and happens at one of the next
 * opportunities. Each run has some kinds of fault only, so that rare ones are not hidden by common
 * ones; at some point they come to an end.
 */
final class FaultPlan {
  private static final int MAX_FAULTS = 30;
  private static final int MAX_KINDS = 6;

  /** In so many runs one has damaged reads: it may then have to go back further than others. */
  private static final int CORRUPT_READS_IN = 6;

  private static final int MAX_SKIPPED = 12;
  private static final int STEPS_TO_HAPPEN = 3_000;
  private static final int LONGEST_OUTAGE = 8;
  private static final long NOT_YET = Long.MAX_VALUE / 2;

  private final Random random;
  private final List<FaultKind> kinds;
  private final Map<FaultKind, Integer> armed = new EnumMap<>(FaultKind.class);
  private final Map<FaultKind, Integer> happened = new EnumMap<>(FaultKind.class);
  private final int meanGap;
  private int left;
  private long nextStep;
  private long quietFrom = NOT_YET;
  private int outageLeft;
  private int refused;

  private FaultPlan(Random random, List<FaultKind> kinds, int faults, int meanGap) {
    this.random = random;
    this.kinds = kinds;
    this.left = faults;
    this.meanGap = meanGap;
    this.nextStep = gap();
  }

  static FaultPlan of(Random random) {
    Set<FaultKind> chosen = EnumSet.noneOf(FaultKind.class);
    List<FaultKind> all = new ArrayList<>(List.of(FaultKind.values()));
    if (random.nextInt(CORRUPT_READS_IN) != 0) {
      all.remove(FaultKind.STORAGE_CORRUPT_READ);
    }
    Collections.shuffle(all, random);
    int kinds = 1 + random.nextInt(MAX_KINDS);
    chosen.addAll(all.subList(0, kinds));
    int faults = chosen.isEmpty() ? 0 : random.nextInt(MAX_FAULTS + 1);
    int[] gaps = {10, 50, 250};
    return new FaultPlan(random, List.copyOf(chosen), faults, gaps[random.nextInt(gaps.length)]);
  }

  private long gap() {
    return 1L + random.nextInt(2 * meanGap);
  }

  /** A step begins. */
  void step(long number) {
    if (left > 0 && number >= nextStep) {
      left--;
      armed.put(kinds.get(random.nextInt(kinds.size())), random.nextInt(MAX_SKIPPED));
      nextStep = number + gap();
      if (left == 0) {
        quietFrom = number + STEPS_TO_HAPPEN;
      }
    }
    if (left == 0 && quietFrom == NOT_YET) {
      quietFrom = number;
    }
    if (number >= quietFrom) {
      armed.clear();
      outageLeft = 0;
    }
  }

  /** The first step from which on nothing goes wrong any more. */
  long quietFrom() {
    return quietFrom;
  }

  /** Whether this fault happens, now that it could. */
  boolean happens(FaultKind kind) {
    Integer skip = armed.get(kind);
    if (skip == null) {
      return false;
    }
    if (skip > 0) {
      armed.put(kind, skip - 1);
      return false;
    }
    armed.remove(kind);
    happened.merge(kind, 1, Integer::sum);
    return true;
  }

  /** Whether the catalog cannot be reached. */
  boolean isCatalogOut() {
    if (outageLeft > 0) {
      outageLeft--;
      refused++;
      return true;
    }
    if (happens(FaultKind.CATALOG_OUTAGE)) {
      outageLeft = 1 + random.nextInt(LONGEST_OUTAGE);
      return true;
    }
    return false;
  }

  boolean hasHappened(FaultKind kind) {
    return happened.containsKey(kind);
  }

  /** Whether nothing has happened that keeps a job from removing what it does not need. */
  boolean isRemovalUndisturbed() {
    return happened.keySet().stream()
        .noneMatch(
            kind ->
                kind == FaultKind.CRASH
                    || kind.name().startsWith("STORAGE")
                    || kind.name().startsWith("CATALOG"));
  }

  boolean hasAnyHappened() {
    return !happened.isEmpty();
  }

  int count() {
    return happened.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Grows with whatever goes wrong, and with each call that an outage refuses. */
  int disturbances() {
    return count() + refused;
  }

  @Override
  public String toString() {
    return "faults " + happened + " of " + kinds;
  }
}
