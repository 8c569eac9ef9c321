package io.weir.inspect;

import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.storage.SnapshotReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Reads a snapshot from its first to its last byte, as a restore would, and says whether a restore
 * could trust it.
 */
public final class SnapshotVerification {
  private static final int BUFFER_BYTES = 64 << 10;

  private final SnapshotReader reader;
  private final IntConsumer pace;

  /**
   * What was found.
   *
   * @param files how many files were read, besides the metadata
   * @param bytes how much of them
   * @param damages what is wrong, for people; empty if the snapshot is sound
   */
  public record Finding(int files, long bytes, List<String> damages) {
    public Finding {
      damages = List.copyOf(damages);
    }

    public boolean isSound() {
      return damages.isEmpty();
    }
  }

  /**
   * Reads nothing yet.
   *
   * @param pace is told how many bytes have just been read, and may wait before it returns, so that
   *     verifying does not take the bandwidth that checkpoints need
   */
  public SnapshotVerification(SnapshotReader reader, IntConsumer pace) {
    this.reader = reader;
    this.pace = pace;
  }

  /**
   * Verifies a snapshot.
   *
   * @param path its directory, or the {@code _metadata} in it
   * @throws IOException if storage could not be read: that says nothing about the snapshot
   */
  public Finding verify(String path) throws IOException {
    SnapshotMetadata metadata;
    try {
      metadata = reader.read(path);
    } catch (CorruptStateException e) {
      return new Finding(0, 0, List.of(e.getMessage()));
    } catch (NoSuchFileException e) {
      if (!reader.hasNeighbours(path)) {
        throw new IOException(
            "There is nothing at all beside "
                + path
                + ". Is its disk mounted, and can this machine reach it?",
            e);
      }
      return new Finding(0, 0, List.of(e.getMessage()));
    }
    List<String> damages = new ArrayList<>();
    long bytes = 0;
    Set<StateHandle.Stored> pieces = metadata.stored();
    for (StateHandle.Stored piece : pieces) {
      try {
        bytes += readThrough(piece);
      } catch (CorruptStateException e) {
        damages.add(e.getMessage());
      }
    }
    int files = (int) pieces.stream().map(StateHandle.Stored::location).distinct().count();
    return new Finding(files, bytes, damages);
  }

  private long readThrough(StateHandle.Stored piece) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    try (InputStream in = reader.open(piece)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        bytes += count;
        pace.accept(count);
      }
    }
    return bytes;
  }
}
