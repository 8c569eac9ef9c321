package io.weir.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.config.Configuration;
import io.weir.config.S3Options;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that refuses every put, and of which the test says what object it has. */
class S3OutputTest {
  private static final String WRITER = "x-amz-meta-weir-writer";
  private static final String REFUSAL =
      "<Error><Code>QuotaExceeded</Code><Message>There is no room.</Message></Error>";

  private final Deque<String> requests = new ConcurrentLinkedDeque<>();
  private volatile String writerOfThePut;
  private volatile boolean hasTakenThePut;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String method = exchange.getRequestMethod();
      requests.add(method);
      switch (method) {
        case "PUT" -> {
          writerOfThePut = exchange.getRequestHeaders().getFirst(WRITER);
          byte[] body = REFUSAL.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(400, body.length);
          exchange.getResponseBody().write(body);
        }
        case "HEAD" -> {
          exchange
              .getResponseHeaders()
              .add(WRITER, hasTakenThePut ? writerOfThePut : "another writer");
          exchange.sendResponseHeaders(200, -1);
        }
        default -> {
          byte[] body = "<DeleteResult/>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        }
      }
    }
  }

  private void writeInVain() throws IOException {
    Configuration settings =
        new Configuration()
            .set(S3Options.ENDPOINT, "http://127.0.0.1:" + server.getAddress().getPort())
            .set(S3Options.REGION, "nowhere")
            .set(S3Options.PATH_STYLE_ACCESS, true)
            .set(S3Options.ACCESS_KEY, "key")
            .set(S3Options.SECRET_KEY, "secret");
    try (ObjectStorages storages = ObjectStorages.of(new S3StorageProvider(settings));
        StorageOutput out = storages.at("s3://bucket/dir").create(RelativePath.of("a"))) {
      out.write(new byte[10]);
      assertThatThrownBy(out::commit)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("There is no room.");
    }
  }

  @Test
  void whenThePutIsRefused_thenTheObjectThatIsThereStays() throws IOException {
    writeInVain();

    assertThat(List.copyOf(requests)).contains("PUT").doesNotContain("POST", "DELETE");
  }

  @Test
  void whenThePutHasAnEffectAllTheSame_thenItsObjectIsRemoved() throws IOException {
    hasTakenThePut = true;

    writeInVain();

    assertThat(writerOfThePut).isNotNull();
    assertThat(List.copyOf(requests)).containsAnyOf("POST", "DELETE");
  }
}
