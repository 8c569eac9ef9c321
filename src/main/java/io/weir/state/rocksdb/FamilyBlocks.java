package io.weir.state.rocksdb;

import io.weir.serial.BinaryInput;
import io.weir.serial.BinaryOutput;
import io.weir.state.RestoredBlock;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.rocksdb.RocksDBException;

/**
 * The content of a column family as blocks of the canonical form, in the order of their key groups,
 * one at a time. Nothing native is held between calls. Belongs to the task's thread.
 */
final class FamilyBlocks implements Iterable<RestoredBlock> {
  private static final int BLOCK_BYTES = 64 * 1024;

  /** Of the key of a stored block: its key group and its number. */
  private static final int BLOCK_KEY_BYTES = KeyLayout.KEY_GROUP_BYTES + Long.BYTES;

  private final Database database;
  private final Family family;
  private final int firstKeyGroup;

  FamilyBlocks(Database database, Family family) {
    this(database, family, 0);
  }

  FamilyBlocks(Database database, Family family, int firstKeyGroup) {
    this.database = database;
    this.family = family;
    this.firstKeyGroup = firstKeyGroup;
  }

  /** Stores a block as it was read. */
  static void put(Family family, RestoredBlock block, long number, Batch batch)
      throws RocksDBException {
    BinaryOutput key = new BinaryOutput(BLOCK_KEY_BYTES);
    key.writeShort(block.keyGroup());
    key.writeLong(number);
    BinaryOutput value = new BinaryOutput(Integer.BYTES + block.bytes().length);
    value.writeInt(block.entries());
    value.writeBytes(block.bytes(), 0, block.bytes().length);
    batch.put(family.id(), key, value);
  }

  /** The block that was stored as an entry. */
  static RestoredBlock block(byte[] key, byte[] value) {
    return new RestoredBlock(
        KeyLayout.keyGroupOf(key),
        new BinaryInput(value).readInt(),
        Arrays.copyOfRange(value, Integer.BYTES, value.length));
  }

  @Override
  public Iterator<RestoredBlock> iterator() {
    return new Reading();
  }

  private final class Reading implements Iterator<RestoredBlock> {
    private final EntryForm form = new EntryForm(family);
    private byte[] resume = KeyLayout.startOf(firstKeyGroup);
    private RestoredBlock next;

    @Override
    public boolean hasNext() {
      if (next == null && resume != null) {
        next = read();
      }
      return next != null;
    }

    @Override
    public RestoredBlock next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      RestoredBlock block = next;
      next = null;
      return block;
    }

    private RestoredBlock read() {
      byte[] from = resume;
      resume = null;
      RestoredBlock[] whole = new RestoredBlock[1];
      BinaryOutput bytes = new BinaryOutput(BLOCK_BYTES);
      int[] group = {-1};
      int[] entries = {0};
      database.scan(
          family,
          from,
          (key, value) -> {
            int keyGroup = KeyLayout.keyGroupOf(key);
            boolean full = whole[0] != null || bytes.position() >= BLOCK_BYTES;
            if (full || (entries[0] > 0 && keyGroup != group[0])) {
              resume = key;
              return false;
            }
            if (family.holdsBlocks()) {
              whole[0] = block(key, value);
            } else {
              form.append(key, value, bytes);
              group[0] = keyGroup;
              entries[0]++;
            }
            return true;
          });
      return family.holdsBlocks() || entries[0] == 0
          ? whole[0]
          : new RestoredBlock(group[0], entries[0], bytes.toByteArray());
    }
  }
}
