package io.weir.it.deployed;

import io.weir.api.StreamJob;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.types.Types;
import io.weir.connector.file.FileSink;
import io.weir.connector.file.FileSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Jobs that cannot run: what they read, or what is configured for them, is wrong. */
@ApplicationScoped
public class BadJobs {
  /** Reads a file that is not there. */
  public static final String MISSING_SOURCE = "missing-source";

  /** Reads a file whose third line is no number. */
  public static final String BROKEN_LINE = "broken-line";

  /** {@code weir.properties} has a wrong value for it. */
  public static final String WRONG_VALUE = "wrong-value";

  /** {@code weir.properties} has a file as the directory of its checkpoints. */
  public static final String NO_DIRECTORY = "no-directory";

  /** {@code weir.properties} has a directory for it whose storage is not in the WAR. */
  public static final String NO_LIBRARY = "no-library";

  @Inject private DataDirectory data;

  @Produces
  @Singleton
  public StreamJob missingSource() {
    return new Reads(MISSING_SOURCE, data.resolve("nowhere/numbers.txt"));
  }

  @Produces
  @Singleton
  public StreamJob brokenLine() throws IOException {
    return new Reads(BROKEN_LINE, write("broken.txt", "1\n2\nthree\n4\n"));
  }

  @Produces
  @Singleton
  public StreamJob wrongValue() throws IOException {
    return new Reads(WRONG_VALUE, write("good.txt", "1\n"));
  }

  @Produces
  @Singleton
  public StreamJob noDirectory() throws IOException {
    return new Reads(NO_DIRECTORY, write("a-file", "1\n"));
  }

  @Produces
  @Singleton
  public StreamJob noLibrary() throws IOException {
    return new Reads(NO_LIBRARY, write("good.txt", "1\n"));
  }

  private Path write(String name, String text) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private record Reads(String name, Path file) implements StreamJob {
    @Override
    public void define(StreamExecutionEnvironment env) {
      env.enableCheckpointing(300);
      env.fromSource(
              FileSource.forRecordFormat(Long::valueOf, file).build(),
              WatermarkStrategy.noWatermarks(),
              "numbers",
              Types.LONG)
          .uid("numbers")
          .sinkTo(
              FileSink.<Long>forRowFormat(file.resolveSibling(name + "-out"), String::valueOf)
                  .build())
          .uid("out");
    }
  }
}
