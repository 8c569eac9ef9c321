package io.weir.state.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's native library, once for each class loader.
 *
 * <p>A virtual machine loads a library file for one class loader only, and an application that is
 * deployed again has another one. So every class loader gets a copy of its own, under a path that
 * nobody else has. The copy is removed as soon as it is loaded, where the system allows that: then
 * neither a cleaner of temporary files nor a killed process matters.
 */
final class NativeLibrary {
  /** Written under the lock of the class. */
  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads the library, if this class loader has not.
   *
   * @param workDirectory in which the copy is made
   * @throws IOException if there is no library for this system, or it cannot be copied or loaded
   */
  static synchronized void load(Path workDirectory) throws IOException {
    if (loaded) {
      return;
    }
    Files.createDirectories(workDirectory);
    // the virtual machine loads libraries from absolute paths only
    Path directory = Files.createTempDirectory(workDirectory.toAbsolutePath(), "native-");
    try {
      extract(directory);
      RocksDB.loadLibrary(List.of(directory.toString()));
    } catch (UnsatisfiedLinkError e) {
      throw new IOException(
          "RocksDB's native library cannot be loaded from "
              + directory
              + ": "
              + e.getMessage()
              + "; is the directory on a file system that is mounted noexec? Set"
              + " state.backend.rocksdb.localdir to one that is not, or use state.backend.type ="
              + " hashmap",
          e);
    } finally {
      WorkDirectory.remove(directory);
    }
    loaded = true;
  }

  private static void extract(Path directory) throws IOException {
    String name = Environment.getJniLibraryFileName("rocksdb");
    String fallback = Environment.getFallbackJniLibraryFileName("rocksdb");
    // the name under which RocksDB.loadLibrary(paths) looks for it, not that in the jar
    Path copy = directory.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
    ClassLoader loader = RocksDB.class.getClassLoader();
    for (String each : fallback == null ? List.of(name) : List.of(name, fallback)) {
      try (InputStream library = loader.getResourceAsStream(each)) {
        if (library != null) {
          Files.copy(library, copy);
          return;
        }
      }
    }
    throw new IOException(
        "RocksDB has no native library for this system ("
            + name
            + "); use state.backend.type = hashmap");
  }
}
