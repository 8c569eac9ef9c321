package io.weir.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * That each key's state that expires was seen, record by record, as the times say at which it was
 * used. Which times these are is the scheduler's choice; a history tells its own.
 */
final class ExpectedSightings implements Expectation {
  private final Map<Integer, Long> records = new TreeMap<>();
  private final Expiry expiry;
  private final boolean snapshotsAreClean;
  private int expired;

  /**
   * @param records the operator's input
   * @param snapshotsAreClean whether all snapshots are of a kind that leaves out what has expired
   */
  ExpectedSightings(List<Event> records, Expiry expiry, boolean snapshotsAreClean) {
    records.forEach(event -> this.records.merge(event.key(), 1L, Long::sum));
    this.expiry = expiry;
    this.snapshotsAreClean = snapshotsAreClean;
  }

  @Override
  public String excess(Map<Event, Integer> committed) {
    Map<Integer, Map<Long, Integer>> counts = new HashMap<>();
    for (Map.Entry<Event, Integer> each : committed.entrySet()) {
      Sighting sighting = Sighting.of(each.getKey());
      int count =
          counts
              .computeIfAbsent(sighting.key(), unused -> new HashMap<>())
              .merge(sighting.number(), each.getValue(), Integer::sum);
      if (count > 1 || sighting.number() > records.getOrDefault(sighting.key(), 0L)) {
        return sighting + " is one too many";
      }
    }
    return null;
  }

  @Override
  public String lack(Map<Event, Integer> committed) {
    expired = 0;
    Map<Integer, Map<Long, Sighting>> histories = new TreeMap<>();
    for (Event event : committed.keySet()) {
      Sighting sighting = Sighting.of(event);
      histories
          .computeIfAbsent(sighting.key(), unused -> new TreeMap<>())
          .put(sighting.number(), sighting);
    }
    for (Map.Entry<Integer, Long> each : records.entrySet()) {
      String wrong = wrong(each.getKey(), each.getValue(), histories);
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private String wrong(int key, long count, Map<Integer, Map<Long, Sighting>> histories) {
    Map<Long, Sighting> history = histories.getOrDefault(key, Map.of());
    ExpiryModel model = new ExpiryModel(expiry, snapshotsAreClean);
    for (long number = 1; number <= count; number++) {
      Sighting sighting = history.get(number);
      String wrong =
          sighting == null
              ? "record " + number + " of key " + key + " is missing"
              : model.next(sighting);
      if (wrong != null) {
        return wrong;
      }
    }
    expired += model.expired();
    return null;
  }

  @Override
  public int expired() {
    return expired;
  }
}
