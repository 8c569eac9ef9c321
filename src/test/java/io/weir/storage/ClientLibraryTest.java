package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.Configuration;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Storages whose libraries are not there, as in the WAR. */
class ClientLibraryTest {

  @ParameterizedTest
  @CsvSource({
    "io.weir.storage.hdfs.HdfsStorageProvider, org.apache.hadoop, hdfs://host/x, hadoop-client-api",
    "io.weir.storage.hdfs.HdfsStorageProvider, org.apache.hadoop, hdfs://host/x, hadoop-client-runtime",
    "io.weir.storage.gs.GsStorageProvider, com.google, gs://b/x, google-api-services-storage",
    "io.weir.storage.gs.GsStorageProvider, com.google, gs://b/x, google-auth-library-oauth2-http"
  })
  void withoutItsLibraryAStorageSaysWhatIsMissingAndWhereToPutIt(
      String provider, String packages, URI location, String artifact) throws Exception {
    Throwable failure = open(new Without(packages), provider, location);

    assertThat(failure.getClass().getName()).isEqualTo(UnusableStorageException.class.getName());
    assertThat(failure)
        .hasMessageContaining("The library for " + location.getScheme() + ":// is not installed")
        .hasMessageContaining(":" + artifact + ":" + versionInTheBuild(artifact))
        .hasMessageContaining("lib/storage");
  }

  private static Throwable open(ClassLoader loader, String provider, URI location)
      throws ReflectiveOperationException {
    Class<?> configuration = loader.loadClass(Configuration.class.getName());
    Object storages =
        loader
            .loadClass(provider)
            .getConstructor(configuration)
            .newInstance(configuration.getConstructor().newInstance());
    try {
      return new AssertionError(
          storages.getClass().getMethod("open", URI.class).invoke(storages, location) + " works");
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  private static String versionInTheBuild(String artifact) throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    Matcher property =
        Pattern.compile("<artifactId>" + artifact + "</artifactId>\\s*<version>\\$\\{(.+?)}")
            .matcher(pom);
    assertThat(property.find()).isTrue();
    Matcher version = Pattern.compile("<" + property.group(1) + ">(.+?)</").matcher(pom);
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  /** Weir's own classes anew, and all others but those of a library. */
  private static final class Without extends ClassLoader {
    private final String packages;

    Without(String packages) {
      super(ClientLibraryTest.class.getClassLoader());
      this.packages = packages;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(packages + ".")) {
        throw new ClassNotFoundException(name);
      }
      return name.startsWith("io.weir.") && findLoadedClass(name) == null
          ? define(name)
          : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
