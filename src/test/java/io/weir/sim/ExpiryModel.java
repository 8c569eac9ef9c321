package io.weir.sim;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** One key's state that expires, in plain Java: says whether what was seen of it can be right. */
final class ExpiryModel {
  private final Expiry expiry;
  private final boolean snapshotsAreClean;
  private final List<Entry> entries = new ArrayList<>();
  private int expired;

  /** What was written at once, and when it was last used. */
  private static final class Entry {
    private final int slot;
    private long marks;
    private long usedMillis;

    /** Of the snapshot that the operator had begun with when this was surely there. */
    private long snapshotMillis;

    Entry(int slot) {
      this.slot = slot;
    }

    void use(Sighting at) {
      usedMillis = at.millis();
      snapshotMillis = at.snapshotMillis();
    }
  }

  /**
   * @param snapshotsAreClean whether all snapshots are of a kind that leaves out what has expired
   */
  ExpiryModel(Expiry expiry, boolean snapshotsAreClean) {
    this.expiry = expiry;
    this.snapshotsAreClean = snapshotsAreClean && expiry.cleansSnapshots();
  }

  /** Takes what comes next; gives what is wrong with it, or null. */
  String next(Sighting sighting) {
    if (Sighting.clears(sighting.number())) {
      entries.clear();
    }
    String wrong = null;
    if (Sighting.reads(expiry, sighting.key(), sighting.number())) {
      wrong = read(sighting);
    } else if (sighting.marks() != Sighting.UNSEEN) {
      wrong = "the state was read";
    }
    if (Sighting.marks(sighting.key(), sighting.number())) {
      write(sighting);
    }
    return wrong == null ? null : wrong + ": " + sighting + " of " + expiry;
  }

  /** How many values had expired when they were looked for. */
  int expired() {
    return expired;
  }

  private String read(Sighting sighting) {
    long left = sighting.marks();
    for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
      Entry entry = each.next();
      boolean isSeen = (left & entry.marks) == entry.marks;
      left &= ~entry.marks;
      if (sighting.millis() - entry.usedMillis < expiry.millis()) {
        if (!isSeen) {
          return "what was used at " + entry.usedMillis + " is not seen";
        }
        if (expiry.isRenewedByReading()) {
          entry.use(sighting);
        }
        continue;
      }
      expired++;
      each.remove();
      if (isSeen && !mayBeSeen(entry, sighting)) {
        return "what was used at " + entry.usedMillis + " is seen";
      }
      if (!isSeen && mustBeSeen(entry, sighting)) {
        return "what was used at "
            + entry.usedMillis
            + " is removed, and nobody has asked for that";
      }
    }
    return left == 0 ? null : "marks " + Long.toBinaryString(left) + " are seen that nobody left";
  }

  private boolean mayBeSeen(Entry entry, Sighting sighting) {
    boolean isLeftOut =
        snapshotsAreClean && sighting.snapshotMillis() - entry.usedMillis >= expiry.millis();
    return expiry.showsExpired() && !isLeftOut;
  }

  private boolean mustBeSeen(Entry entry, Sighting sighting) {
    boolean mayBeLeftOut =
        expiry.cleansSnapshots() && sighting.snapshotMillis() != entry.snapshotMillis;
    return expiry.showsExpired() && !expiry.cleansInBackground() && !mayBeLeftOut;
  }

  private void write(Sighting sighting) {
    int slot = expiry.slot(sighting.number());
    Entry entry = null;
    if (expiry.kind() != Expiry.Kind.LIST) {
      entry = entries.stream().filter(each -> each.slot == slot).findFirst().orElse(null);
    }
    if (entry == null) {
      entry = new Entry(slot);
      entries.add(entry);
    }
    if (expiry.kind() != Expiry.Kind.REDUCING) {
      entry.marks = 0;
    }
    entry.marks |= Sighting.mark(sighting.number());
    entry.use(sighting);
  }
}
