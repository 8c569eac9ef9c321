package io.weir.storage.throughput;

import io.weir.config.Configuration;
import io.weir.servers.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** The program behind {@code scripts/store-throughput}. */
public final class StoreThroughput {
  private static final int CHUNK_BYTES = 64 << 10;
  private static final double MEGABYTE = 1e6;
  private static final double MEBIBYTE = 1 << 20;

  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final int times;
  private final int rounds;

  private StoreThroughput(long megabytes, int rounds) {
    new Random(1).nextBytes(chunk);
    this.times = Math.toIntExact(megabytes * 1_000_000 / CHUNK_BYTES);
    this.rounds = rounds;
  }

  /**
   * Measures.
   *
   * @param args {@code file}, {@code s3}, {@code hdfs} or {@code gs}; megabytes; rounds
   */
  public static void main(String[] args) throws Exception {
    StoreThroughput throughput =
        new StoreThroughput(Long.parseLong(args[1]), Integer.parseInt(args[2]));
    String scheme = args[0];
    if (scheme.equals("file")) {
      Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "throughput-");
      throughput.compare(
          scheme,
          new WeirContestant(new Configuration(), directory.toUri().toString()),
          new FileLibrary(directory));
      return;
    }
    try (Store store = Store.started(scheme)) {
      String directory = store.newDirectory();
      throughput.compare(
          scheme,
          new WeirContestant(store.configuration(), directory),
          libraryOf(scheme, store.configuration(), directory));
    }
    // the Hadoop client's threads never end
    System.exit(0);
  }

  private static Contestant libraryOf(String scheme, Configuration configuration, String directory)
      throws IOException {
    return switch (scheme) {
      case "s3" -> new S3Library(configuration, directory);
      case "hdfs" -> new HdfsLibrary(directory);
      default -> new GsLibrary(configuration, directory);
    };
  }

  private void compare(String scheme, Contestant weir, Contestant library) throws Exception {
    try (weir;
        library) {
      System.out.printf(
          "%s: heap growth of Weir %s; of the library alone %s%n",
          scheme, heapGrowth(weir), heapGrowth(library));
      Rates weirs = new Rates(rounds);
      Rates librarys = new Rates(rounds);
      for (int round = 0; round < rounds; round++) {
        // who is first changes
        if (round % 2 == 0) {
          weirs.measure(weir);
          librarys.measure(library);
        } else {
          librarys.measure(library);
          weirs.measure(weir);
        }
      }
      report(scheme, "write", weirs.write, librarys.write);
      report(scheme, "read", weirs.read, librarys.read);
    }
  }

  /** Also warms the contestant up. */
  private String heapGrowth(Contestant contestant) throws Exception {
    contestant.write(chunk, 1);
    contestant.read();
    contestant.remove();
    long writing = HeapWatch.growthDuring(() -> contestant.write(chunk, times));
    long reading = HeapWatch.growthDuring(contestant::read);
    contestant.remove();
    return "%.0f MiB writing, %.0f MiB reading".formatted(writing / MEBIBYTE, reading / MEBIBYTE);
  }

  /** In MB/s, by round. */
  private final class Rates {
    private final double[] write;
    private final double[] read;
    private int round;

    Rates(int rounds) {
      write = new double[rounds];
      read = new double[rounds];
    }

    void measure(Contestant contestant) throws IOException {
      long bytes = (long) chunk.length * times;
      long begin = System.nanoTime();
      contestant.write(chunk, times);
      long written = System.nanoTime();
      long count = contestant.read();
      long end = System.nanoTime();
      contestant.remove();
      if (count != bytes) {
        throw new IOException(count + " bytes were read instead of " + bytes);
      }
      write[round] = bytes / MEGABYTE / ((written - begin) / 1e9);
      read[round] = bytes / MEGABYTE / ((end - written) / 1e9);
      round++;
    }
  }

  private static void report(String scheme, String what, double[] weir, double[] library) {
    Arrays.sort(weir);
    Arrays.sort(library);
    System.out.printf(
        "%s: %s, MB/s: Weir %s, library alone %s, ratio %.2f%n",
        scheme,
        what,
        text(weir),
        text(library),
        weir[weir.length / 2] / library[library.length / 2]);
  }

  private static String text(double[] sorted) {
    return "%.0f (%.0f-%.0f)"
        .formatted(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }
}
