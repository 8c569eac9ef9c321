import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at a fixed rate, whether earlier ones have been answered or not, to each path in
 * turn, and prints how long the answers took from the moment at which the request was due. Exit
 * status 0 if every answer is 200 and the 99th percentile of each path is below the limit.
 *
 * <p>Arguments: base URL, requests a second, seconds to warm up, seconds, limit in ms, paths.
 */
public final class Ask {
  private static final double NANOS_PER_MILLI = 1e6;

  private Ask() {}

  public static void main(String[] args) throws InterruptedException {
    int rate = Integer.parseInt(args[1]);
    int warmUp = Integer.parseInt(args[2]) * rate;
    int count = warmUp + Integer.parseInt(args[3]) * rate;
    double limit = Double.parseDouble(args[4]);
    List<String> paths = List.of(args).subList(5, args.length);
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    Map<String, List<Long>> times = new TreeMap<>();
    paths.forEach(path -> times.put(path, Collections.synchronizedList(new ArrayList<>())));
    AtomicLong failed = new AtomicLong();
    CountDownLatch answered = new CountDownLatch(count);
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = began + i * 1_000_000_000L / rate;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      String path = paths.get(i % paths.size());
      boolean counts = i >= warmUp;
      http.sendAsync(
              HttpRequest.newBuilder(URI.create(args[0] + path))
                  .timeout(Duration.ofSeconds(60))
                  .build(),
              BodyHandlers.ofByteArray())
          .whenComplete(
              (answer, failure) -> {
                if (counts) {
                  times.get(path).add(System.nanoTime() - due);
                  if (!isGood(answer)) {
                    failed.incrementAndGet();
                  }
                }
                answered.countDown();
              });
    }
    answered.await();
    boolean good = failed.get() == 0;
    for (Map.Entry<String, List<Long>> each : times.entrySet()) {
      List<Long> sorted = new ArrayList<>(each.getValue());
      Collections.sort(sorted);
      double p99 = percentile(sorted, 99);
      good &= p99 < limit;
      System.out.printf(
          Locale.ROOT,
          "%-20s requests=%d p50=%.1f ms p99=%.1f ms max=%.1f ms%n",
          each.getKey(),
          sorted.size(),
          percentile(sorted, 50),
          p99,
          percentile(sorted, 100));
    }
    System.out.printf("failed=%d%n", failed.get());
    System.exit(good ? 0 : 1);
  }

  private static boolean isGood(HttpResponse<byte[]> answer) {
    return answer != null && answer.statusCode() == 200;
  }

  private static double percentile(List<Long> sorted, int percent) {
    int index = (int) Math.ceil(sorted.size() * percent / 100.0) - 1;
    return sorted.get(Math.max(0, index)) / NANOS_PER_MILLI;
  }
}
