package io.weir.connector.file;

import io.weir.api.connector.Boundedness;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Source;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceReaderContext;
import io.weir.api.connector.SplitEnumerator;
import io.weir.api.connector.SplitEnumeratorContext;
import io.weir.api.types.InvalidTypesException;
import io.weir.api.types.ResultTypeQueryable;
import io.weir.api.types.TypeExtraction;
import io.weir.api.types.TypeInformation;
import io.weir.connector.ratelimit.RateLimiterStrategy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Reads the lines of text files (UTF-8) to their end:
 *
 * <pre>{@code
 * FileSource<Flight> flights =
 *     FileSource.forRecordFormat(Flight::parse, Path.of("flights.csv"))
 *         .withHeaderLine()
 *         .withRecordsPerSecond(5000)
 *         .build();
 * }</pre>
 *
 * <p>Files are cut into splits, which readers get one at a time in ascending order. After a restore
 * every reader goes on at the byte at which it was. The files must stay as they are until the job
 * has finished. A directory stands for the files below it, but for those whose names begin with a
 * dot or an underscore.
 *
 * @param <T> type of the records
 */
public final class FileSource<T>
    implements Source<T, FileSourceSplit, PendingSplits>, ResultTypeQueryable<T> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> files;
  private final long splitSizeBytes;
  private final LineFormat<T> format;
  private final RateLimiterStrategy rate;

  private FileSource(Builder<T> builder) {
    this.files = new ArrayList<>(builder.files.stream().map(URI::toString).toList());
    this.splitSizeBytes = builder.splitSizeBytes;
    this.format =
        new LineFormat<>(builder.parser, builder.header, builder.maxLineBytes, builder.brokenLines);
    this.rate = builder.rate;
  }

  /** Reads lines as they are. */
  public static Builder<String> forLines(Path... files) {
    return new Builder<>(new WholeLine(), uris(files));
  }

  /** Reads lines as they are, from files given as {@code file:} URIs. */
  public static Builder<String> forLines(URI... files) {
    return new Builder<>(new WholeLine(), List.of(files));
  }

  /** Makes a record of every line. */
  public static <T> Builder<T> forRecordFormat(LineParser<T> parser, Path... files) {
    return new Builder<>(parser, uris(files));
  }

  /** Makes a record of every line of files given as {@code file:} URIs. */
  public static <T> Builder<T> forRecordFormat(LineParser<T> parser, URI... files) {
    return new Builder<>(parser, List.of(files));
  }

  private static List<URI> uris(Path... files) {
    return Arrays.stream(files).map(file -> file.toAbsolutePath().normalize().toUri()).toList();
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<T, FileSourceSplit> createReader(SourceReaderContext readerContext) {
    return rate.limit(new FileSourceReader<>(readerContext, format), readerContext);
  }

  @Override
  public SplitEnumerator<FileSourceSplit, PendingSplits> createEnumerator(
      SplitEnumeratorContext<FileSourceSplit> enumContext) throws IOException {
    List<Path> paths = files.stream().map(URI::create).map(Path::of).toList();
    return new FileSplitEnumerator(enumContext, FileSplits.of(paths, splitSizeBytes));
  }

  @Override
  public SplitEnumerator<FileSourceSplit, PendingSplits> restoreEnumerator(
      SplitEnumeratorContext<FileSourceSplit> enumContext, PendingSplits checkpoint) {
    return new FileSplitEnumerator(enumContext, checkpoint.splits());
  }

  @Override
  public SimpleVersionedSerializer<FileSourceSplit> getSplitSerializer() {
    return new FileSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<PendingSplits> getEnumeratorCheckpointSerializer() {
    return new PendingSplitsSerializer();
  }

  /** The type that the parser's class or lambda tells. */
  @Override
  public TypeInformation<T> getProducedType() {
    return TypeExtraction.<T>outputType(format.parser(), LineParser.class, 0)
        .orElseThrow(
            () ->
                new InvalidTypesException(
                    "The type of the records of a FileSource cannot be found out from its parser. State it in fromSource(source, watermarks, name, typeInformation)."));
  }

  private static final class WholeLine implements LineParser<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String parse(String line) {
      return line;
    }
  }

  /**
   * Settings of a file source. Use it on one thread.
   *
   * @param <T> type of the records
   */
  public static final class Builder<T> {
    private static final long DEFAULT_SPLIT_SIZE_BYTES = 64L << 20;
    private static final int DEFAULT_MAX_LINE_BYTES = 16 << 20;

    private final LineParser<T> parser;
    private final List<URI> files;
    private long splitSizeBytes = DEFAULT_SPLIT_SIZE_BYTES;
    private int maxLineBytes = DEFAULT_MAX_LINE_BYTES;
    private boolean header;
    private BrokenLines brokenLines = BrokenLines.FAIL;
    private RateLimiterStrategy rate = RateLimiterStrategy.noOp();

    private Builder(LineParser<T> parser, List<URI> files) {
      this.parser = Objects.requireNonNull(parser, "parser");
      this.files = files;
      if (files.isEmpty()) {
        throw new IllegalArgumentException("A file source needs at least one file or directory");
      }
      files.forEach(Builder::checkLocal);
    }

    private static void checkLocal(URI file) {
      if (!"file".equals(file.getScheme())) {
        throw new IllegalArgumentException(
            "A file source reads local files only, as file:/data/flights.csv, not '%s'"
                .formatted(file));
      }
    }

    /** Size of the ranges into which files are cut; at least 1, by default 64 MiB. */
    public Builder<T> withSplitSizeBytes(long sizeBytes) {
      splitSizeBytes = atLeastOne("The size of a split", sizeBytes);
      return this;
    }

    /** Length above which a line is broken; at least 1, by default 16 MiB. */
    public Builder<T> withMaxLineBytes(int lengthBytes) {
      maxLineBytes = (int) atLeastOne("The maximum length of a line", lengthBytes);
      return this;
    }

    /** Leaves out the first line of each file. */
    public Builder<T> withHeaderLine() {
      header = true;
      return this;
    }

    /** What happens to lines of which no record can be made; by default the job fails. */
    public Builder<T> withBrokenLines(BrokenLines policy) {
      brokenLines = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** Limits what all subtasks together read; 0 is no limit. */
    public Builder<T> withRecordsPerSecond(double recordsPerSecond) {
      rate =
          recordsPerSecond == 0
              ? RateLimiterStrategy.noOp()
              : RateLimiterStrategy.perSecond(recordsPerSecond);
      return this;
    }

    private static long atLeastOne(String what, long value) {
      if (value < 1) {
        throw new IllegalArgumentException(
            "%s must be at least 1 byte, not %d".formatted(what, value));
      }
      return value;
    }

    /** The source. */
    public FileSource<T> build() {
      return new FileSource<>(this);
    }
  }
}
