package io.weir.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server does that deploys an application again and again. */
class NativeLibraryTest {
  private static final byte[] KEY = "key".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path directory;

  @Test
  void everyClassLoaderLoadsALibraryOfItsOwn() throws Exception {
    for (int deployment = 0; deployment < 3; deployment++) {
      try (URLClassLoader application = newClassLoader()) {
        useRocksDb(application, directory.resolve("db-" + deployment));
      }
    }
  }

  @Test
  void severalClassLoadersMayUseTheirLibrariesAtOnce() throws Exception {
    try (URLClassLoader first = newClassLoader();
        URLClassLoader second = newClassLoader()) {
      useRocksDb(first, directory.resolve("first"));
      useRocksDb(second, directory.resolve("second"));
      useRocksDb(first, directory.resolve("third"));
    }
  }

  @Test
  void theWorkDirectoryMayBeRelative() throws Exception {
    try (URLClassLoader application = newClassLoader()) {
      load(application, Path.of("").toAbsolutePath().relativize(directory));
    }
  }

  @Test
  void nothingOfTheLibraryStaysOnDisk() throws Exception {
    Path work = directory.resolve("work");
    NativeLibrary.load(work);
    NativeLibrary.load(work);
    try (URLClassLoader application = newClassLoader()) {
      load(application, work);
    }
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }

  private void useRocksDb(ClassLoader application, Path database) throws Exception {
    load(application, directory);
    Class<?> type = application.loadClass("org.rocksdb.RocksDB");
    assertThat(type.getClassLoader()).isSameAs(application);
    Object opened = type.getMethod("open", String.class).invoke(null, database.toString());
    type.getMethod("put", byte[].class, byte[].class).invoke(opened, KEY, KEY);
    assertThat(type.getMethod("get", byte[].class).invoke(opened, (Object) KEY)).isEqualTo(KEY);
    type.getMethod("close").invoke(opened);
  }

  private static void load(ClassLoader application, Path work) throws Exception {
    Method load =
        application.loadClass(NativeLibrary.class.getName()).getDeclaredMethod("load", Path.class);
    load.setAccessible(true);
    load.invoke(null, work);
  }

  /** Loads everything anew, as the class loader of an application does. */
  private static URLClassLoader newClassLoader() throws Exception {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }
}
