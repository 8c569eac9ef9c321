package io.weir.state.rocksdb;

import io.weir.serial.BinaryOutput;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Changes of a database, collected in the form of its write-ahead log, so that any number of them
 * crosses into native code in one call. That form is a sequence number (8 bytes), a count (4 bytes,
 * little-endian), and then of each change its kind, the number of its column family, the key with
 * its length, and of a put the value with its length.
 *
 * <p>Changes are handed over in the order of their keys: the database finds the place of each next
 * to that of the one before, and need not search for it. Belongs to one thread.
 */
final class Batch {
  private static final int HEADER_BYTES = 12;
  private static final int COUNT_AT = 8;
  private static final byte DELETION = 4;
  private static final byte PUT = 5;

  private final RocksDB database;
  private final WriteOptions options;
  private final int limitBytes;
  private final BinaryOutput out;
  private final KeyOrder order = new KeyOrder();

  /**
   * @param limitBytes at this size the batch is written early
   */
  Batch(RocksDB database, WriteOptions options, int limitBytes) {
    this.database = database;
    this.options = options;
    this.limitBytes = limitBytes;
    this.out = new BinaryOutput(Math.min(limitBytes, 1 << 16));
    clear();
  }

  void put(int family, BinaryOutput key, BinaryOutput value) throws RocksDBException {
    begin(PUT, family, key);
    append(value);
    end();
  }

  void delete(int family, BinaryOutput key) throws RocksDBException {
    begin(DELETION, family, key);
    end();
  }

  boolean isEmpty() {
    return order.size() == 0;
  }

  /** Writes what has been collected. */
  void write() throws RocksDBException {
    int count = order.size();
    if (count == 0) {
      return;
    }
    byte[] bytes = new byte[out.position()];
    order.copy(out.array(), out.position(), bytes);
    for (int index = 0; index < Integer.BYTES; index++) {
      bytes[COUNT_AT + index] = (byte) (count >>> (Byte.SIZE * index));
    }
    try (WriteBatch batch = new WriteBatch(bytes)) {
      database.write(options, batch);
    }
    clear();
  }

  private void begin(byte kind, int family, BinaryOutput key) {
    int start = out.position();
    out.writeByte(kind);
    out.writeUnsignedVarInt(family);
    append(key);
    order.add(start, out.position() - key.position(), out.position());
  }

  private void append(BinaryOutput bytes) {
    out.writeUnsignedVarInt(bytes.position());
    out.writeBytes(bytes.array(), 0, bytes.position());
  }

  private void end() throws RocksDBException {
    if (out.position() >= limitBytes) {
      write();
    }
  }

  private void clear() {
    out.reset();
    out.ensure(HEADER_BYTES);
    out.writeLong(0);
    out.writeInt(0);
    order.clear();
  }
}
