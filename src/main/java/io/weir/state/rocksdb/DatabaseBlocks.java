package io.weir.state.rocksdb;

import io.weir.snapshot.KeyGroupRange;
import io.weir.state.KeyedBlocks;
import io.weir.state.RestoredBlock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The content of a database as blocks: the families side by side, by key group. Owns it. */
final class DatabaseBlocks implements KeyedBlocks {
  private final Database database;
  private final int lastKeyGroup;
  private final List<Reading> readings = new ArrayList<>();

  DatabaseBlocks(Database database, KeyGroupRange wanted) {
    this.database = database;
    this.lastKeyGroup = wanted.end();
    for (Family family : database.families()) {
      readings.add(
          new Reading(family, new FamilyBlocks(database, family, wanted.start()).iterator()));
    }
  }

  @Override
  public Block next() {
    Reading least = null;
    for (Reading each : readings) {
      if (each.next != null && (least == null || each.keyGroup() < least.keyGroup())) {
        least = each;
      }
    }
    if (least == null || least.keyGroup() > lastKeyGroup) {
      return null;
    }
    return new Block(least.family.description(), least.take());
  }

  @Override
  public void close() {
    database.close();
  }

  /** A family, and the block of it that comes next. */
  private static final class Reading {
    private final Family family;
    private final Iterator<RestoredBlock> blocks;
    private RestoredBlock next;

    Reading(Family family, Iterator<RestoredBlock> blocks) {
      this.family = family;
      this.blocks = blocks;
      next = blocks.hasNext() ? blocks.next() : null;
    }

    int keyGroup() {
      return next.keyGroup();
    }

    RestoredBlock take() {
      RestoredBlock taken = next;
      next = blocks.hasNext() ? blocks.next() : null;
      return taken;
    }
  }
}
