package io.weir.storage;

import io.weir.config.CheckpointingOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Uses a storage once in every way that checkpoints do, so that one that cannot be used is noticed
 * before a job starts.
 */
final class StorageProbe {
  /** Where the directory is configured. */
  private static final String OPTION = CheckpointingOptions.CHECKPOINTS_DIRECTORY.key();

  private static final byte[] CONTENT =
      "Weir was here to see whether it can keep checkpoints.\n".getBytes(StandardCharsets.US_ASCII);

  private final ObjectStorage storage;
  private final RelativePath file;
  private String step = "writing a file";

  private StorageProbe(ObjectStorage storage, RelativePath file) {
    this.storage = storage;
    this.file = file;
  }

  static void run(ObjectStorage storage, UUID name) throws UnusableStorageException {
    new StorageProbe(storage, StoragePaths.probe(name)).run();
  }

  private void run() throws UnusableStorageException {
    try {
      put();
      keep();
      list();
      get();
      delete();
    } catch (UnusableStorageException e) {
      throw new UnusableStorageException(
          "Checkpoints cannot be kept in " + storage.root() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UnusableStorageException(
          "Checkpoints cannot be kept in "
              + storage.root()
              + ": "
              + step
              + " failed: "
              + reason(e)
              + " "
              + wayOut(e),
          e);
    }
  }

  private void put() throws IOException {
    try (StorageOutput out = storage.create(file)) {
      out.write(CONTENT);
      out.commit();
    }
  }

  private void keep() throws IOException {
    step = "writing a file unless it is there";
    if (storage.putIfAbsent(file, CONTENT)) {
      throw new UnusableStorageException(
          "a file was replaced that was to be kept, so two servers could publish the same"
              + " checkpoint. Use a store that knows conditional writes (If-None-Match: *).");
    }
  }

  private void list() throws IOException {
    step = "listing the directory";
    if (!storage.children(RelativePath.ROOT).contains(file.name())) {
      throw new IOException("a file that was just written is not in the listing");
    }
  }

  private void get() throws IOException {
    step = "reading a file";
    try (InputStream in = storage.open(file)) {
      if (!Arrays.equals(in.readNBytes(CONTENT.length + 1), CONTENT)) {
        throw new IOException("a file that was just written reads back differently");
      }
    }
  }

  private void delete() throws IOException {
    step = "deleting a file";
    storage.delete(List.of(file));
    if (storage.length(file).isPresent()) {
      throw new IOException("a file that was just deleted is still there");
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "access to " + denied.getFile() + " is denied.";
    }
    if (e instanceof FileAlreadyExistsException occupied) {
      return occupied.getFile() + " is a file, not a directory.";
    }
    return e.getMessage() + ".";
  }

  private static String wayOut(IOException e) {
    String reason =
        String.valueOf(e instanceof FileSystemException file ? file.getReason() : e.getMessage())
            .toLowerCase(Locale.ROOT);
    if (e instanceof FileAlreadyExistsException || reason.contains("not a directory")) {
      return "Remove that file, or configure another directory (" + OPTION + ").";
    }
    if (reason.contains("no space") || reason.contains("quota")) {
      return "Make room there, or configure another directory (" + OPTION + ").";
    }
    return "Give the account that runs this process the right to read, write and delete there, or configure another directory ("
        + OPTION
        + ").";
  }
}
