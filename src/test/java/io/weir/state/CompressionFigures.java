package io.weir.state;

import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.config.ExecutionOptions;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.state.heap.HeapStateBackendFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/**
 * Measures what the compression of snapshots costs and saves: with the flights of the demo as
 * records, with their lines as text, with counters, and with noise. Times are those of the thread's
 * processor, of writing to memory and of restoring from there.
 */
public final class CompressionFigures {
  private static final int KEY_GROUPS = 128;
  private static final int ROUNDS = 5;

  /** A line of the demo's data. */
  public record Leg(
      long departureMillis, String origin, String destination, int delayMinutes, int miles) {
    static Leg parse(String line) {
      String[] fields = line.split(",", -1);
      return new Leg(
          LocalDateTime.parse(fields[0]).toInstant(ZoneOffset.UTC).toEpochMilli(),
          fields[1],
          fields[2],
          Integer.parseInt(fields[3]),
          Integer.parseInt(fields[4]));
    }
  }

  private CompressionFigures() {}

  /** Needs no arguments. */
  public static void main(String[] arguments) throws Exception {
    List<String> lines = lines();
    measure("flights as records", TypeInformation.of(Leg.class), parsed(lines));
    measure("flights as text", Types.STRING, lines);
    SplittableRandom random = new SplittableRandom(1);
    measure("counters", Types.LONG, random.longs(1_000_000, 0, 10_000).boxed().toList());
    measure("noise", Types.LONG, random.longs(1_000_000).boxed().toList());
  }

  private static List<Leg> parsed(List<String> lines) {
    return lines.stream().map(Leg::parse).toList();
  }

  private static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    CompressionFigures.class.getResourceAsStream(
                        "/io/weir/demo/flights-2001-01.csv.gz")),
                StandardCharsets.UTF_8))) {
      reader.readLine();
      reader.lines().forEach(lines::add);
    }
    return lines;
  }

  private static <V> void measure(String what, TypeInformation<V> type, List<V> values)
      throws Exception {
    long plainBytes = 0;
    for (boolean compresses : new boolean[] {false, true}) {
      StateBackendFactory factory =
          new HeapStateBackendFactory()
              .configured(
                  new Configuration().set(ExecutionOptions.SNAPSHOT_COMPRESSION, compresses));
      long writeNanos = Long.MAX_VALUE;
      long readNanos = Long.MAX_VALUE;
      long bytes = 0;
      BackendFixture fixture = new BackendFixture(factory);
      KeyGroupRange range = new KeyGroupRange(0, KEY_GROUPS - 1);
      KeyedStateBackend<Long> backend = fixture.create(Types.LONG, KEY_GROUPS, range, List.of());
      ValueStateDescriptor<V> descriptor = new ValueStateDescriptor<>("value", type);
      for (int key = 0; key < values.size(); key++) {
        backend.setCurrentKey((long) key);
        backend.state(descriptor).update(values.get(key));
      }
      for (int round = 0; round < ROUNDS; round++) {
        MemoryStateStorage storage = new MemoryStateStorage();
        PendingSnapshot<KeyedStateHandle> pending =
            backend.snapshot(round, CheckpointType.CHECKPOINT);
        long start = cpuNanos();
        KeyedStateHandle handle = pending.write(storage);
        writeNanos = Math.min(writeNanos, cpuNanos() - start);
        bytes = handle.sizeBytes();
        start = cpuNanos();
        RestoredKeyedState unused = RestoredKeyedState.read(List.of(handle), range, storage);
        readNanos = Math.min(readNanos, cpuNanos() - start);
      }
      fixture.close();
      plainBytes = compresses ? plainBytes : bytes;
      System.out.printf(
          Locale.ROOT,
          "%-20s %-10s %6.1f MB (%4.0f %%)  write %6.0f ms  read %6.0f ms%n",
          what,
          compresses ? "LZ4" : "plain",
          bytes / 1e6,
          100.0 * bytes / plainBytes,
          writeNanos / 1e6,
          readNanos / 1e6);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
