package io.weir.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.config.Configuration;
import io.weir.config.S3Options;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store with one object, of which the test says what becomes of it. */
class S3InputTest {
  private static final RelativePath PATH = RelativePath.of("a");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
  private static final int RANGE_BYTES = S3Input.RANGE_BYTES;

  /** Longer than what is held at once. */
  private static final byte[] CONTENT = new byte[3 * RANGE_BYTES + 12_345];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  private final AtomicInteger answers = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile int broken = Integer.MAX_VALUE;
  private volatile Runnable amidFirst = () -> {};
  private volatile String version = "\"one\"";
  private HttpServer server;
  private ObjectStorages storages;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    storages =
        ObjectStorages.of(
            new S3StorageProvider(
                new Configuration()
                    .set(S3Options.ENDPOINT, "http://127.0.0.1:" + server.getAddress().getPort())
                    .set(S3Options.REGION, "nowhere")
                    .set(S3Options.PATH_STYLE_ACCESS, true)
                    .set(S3Options.ACCESS_KEY, "key")
                    .set(S3Options.SECRET_KEY, "secret")));
  }

  @AfterEach
  void stop() throws IOException {
    storages.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      int number = answers.getAndIncrement();
      String asked = exchange.getRequestHeaders().getFirst("If-Match");
      if (asked != null && !asked.equals(version)) {
        exchange.sendResponseHeaders(412, -1);
        return;
      }
      Matcher range = RANGE.matcher(exchange.getRequestHeaders().getFirst("Range"));
      assertThat(range.matches()).isTrue();
      int from = Integer.parseInt(range.group(1));
      int until = (int) Math.min(CONTENT.length, Long.parseLong(range.group(2)) + 1);
      exchange.getResponseHeaders().add("ETag", version);
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes " + from + "-" + (until - 1) + "/" + CONTENT.length);
      exchange.sendResponseHeaders(206, until - from);
      int half = (until - from) / 2;
      OutputStream body = exchange.getResponseBody();
      body.write(CONTENT, from, half);
      if (number == 0) {
        body.flush();
        amidFirst.run();
      }
      if (number != broken) {
        body.write(CONTENT, from + half, until - from - half);
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private InputStream open() throws IOException {
    return storages.at("s3://bucket").open(PATH);
  }

  @Test
  void everyRangeIsReadOnce() throws IOException {
    try (InputStream in = open()) {
      assertThat(Arrays.equals(in.readAllBytes(), CONTENT)).isTrue();
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(answers).hasValue(4);
  }

  @Test
  void aPartIsReadFromWhereItBeginsToWhereItEnds() throws IOException {
    int from = 3;
    int until = 2 * RANGE_BYTES + 5;
    try (InputStream in = storages.at("s3://bucket").open(PATH, from, until - from)) {
      assertThat(Arrays.equals(in.readAllBytes(), Arrays.copyOfRange(CONTENT, from, until)))
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void whenARangeBreaksHalfWay_thenItIsAskedForAgain(int number) throws IOException {
    broken = number;

    try (InputStream in = open()) {
      assertThat(Arrays.equals(in.readAllBytes(), CONTENT)).isTrue();
    }
    assertThat(answers).hasValue(5);
  }

  @Test
  void whatHasComeOfARangeIsReadBeforeTheRest() throws IOException {
    CountDownLatch hasRead = new CountDownLatch(1);
    amidFirst = () -> await(hasRead);

    try (InputStream in = open()) {
      byte[] begin = in.readNBytes(S3Range.WORTH_WAKING);
      hasRead.countDown();
      assertThat(Arrays.equals(begin, Arrays.copyOf(CONTENT, begin.length))).isTrue();
      byte[] rest = in.readAllBytes();
      assertThat(Arrays.equals(rest, Arrays.copyOfRange(CONTENT, begin.length, CONTENT.length)))
          .isTrue();
    }
  }

  @Test
  void whenARangeBreaksThatHasBeenReadInPart_thenTheRestOfItIsRead() throws IOException {
    CountDownLatch hasRead = new CountDownLatch(1);
    broken = 0;
    amidFirst = () -> await(hasRead);

    try (InputStream in = open()) {
      byte[] begin = in.readNBytes(S3Range.WORTH_WAKING + 1);
      hasRead.countDown();
      byte[] rest = in.readAllBytes();
      assertThat(Arrays.equals(rest, Arrays.copyOfRange(CONTENT, begin.length, CONTENT.length)))
          .isTrue();
    }
  }

  @Test
  void whenARangeBreaksAndTheObjectIsReplaced_thenReadingFailsAtOnce() throws IOException {
    CountDownLatch replaced = new CountDownLatch(1);
    broken = 0;
    amidFirst = () -> await(replaced);

    try (InputStream in = open()) {
      assertThat(in.readNBytes(1)).hasSize(1);
      version = "\"two\"";
      replaced.countDown();

      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("s3://bucket/a")
          .hasMessageContaining("has been replaced while it was read");
      assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    }
    // the first one twice and one ahead: no more is tried
    assertThat(answers).hasValue(3);
  }

  @Test
  void whoeverIsInterruptedDoesNotWait() throws IOException {
    CountDownLatch given = new CountDownLatch(1);
    amidFirst = () -> await(given);

    try (InputStream in = open()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(in::readAllBytes).isInstanceOf(InterruptedIOException.class);
    } finally {
      given.countDown();
    }
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whenTheObjectIsReplacedMeanwhile_thenReadingFailsAndGoesOnFailing() throws IOException {
    try (InputStream in = open()) {
      assertThat(in.readNBytes(RANGE_BYTES)).hasSize(RANGE_BYTES);
      version = "\"two\"";

      byte[] rest = new byte[CONTENT.length];
      assertThatThrownBy(() -> in.readNBytes(rest, 0, rest.length))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("s3://bucket/a");
      assertThatThrownBy(() -> in.read(rest)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whenItIsClosedMidway_thenItIsAtItsEndAndOthersCanBeRead() throws IOException {
    InputStream in = open();
    assertThat(in.readNBytes(RANGE_BYTES + 1)).hasSize(RANGE_BYTES + 1);
    in.close();

    assertThat(in.read()).isEqualTo(-1);
    try (InputStream another = open()) {
      assertThat(Arrays.equals(another.readAllBytes(), CONTENT)).isTrue();
    }
  }
}
