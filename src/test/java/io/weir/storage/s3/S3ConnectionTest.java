package io.weir.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.Configuration;
import io.weir.config.S3Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class S3ConnectionTest {
  private static final Duration ENDLESS = Duration.ofDays(1);

  @Test
  void whenItIsClosed_thenRequestsAreGivenUpAndNoThreadIsLeft() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      S3Connection connection = new S3Connection(settings(silent.getLocalPort()));
      S3Call<?> call =
          connection.send(
              "reading",
              "s3://bucket/key",
              client -> client.headObject(head -> head.bucket("bucket").key("key")));
      try (Socket onItsWay = silent.accept()) {
        assertThat(onItsWay.getInputStream().read()).isNotNegative();
        connection.close();
      }

      assertThatThrownBy(call::await).isInstanceOf(IOException.class);
    }
    Set<Thread> ofTheSdk = new HashSet<>(Thread.getAllStackTraces().keySet());
    ofTheSdk.removeAll(before);
    ofTheSdk.removeIf(thread -> !thread.getName().matches("(sdk|aws)-.*"));
    for (Thread thread : ofTheSdk) {
      thread.join();
    }
  }

  private static S3Settings settings(int port) {
    return S3Settings.of(
        new Configuration()
            .set(S3Options.ENDPOINT, "http://127.0.0.1:" + port)
            .set(S3Options.PATH_STYLE_ACCESS, true)
            .set(S3Options.ACCESS_KEY, "key")
            .set(S3Options.SECRET_KEY, "secret")
            .set(S3Options.REQUEST_TIMEOUT, ENDLESS)
            .set(S3Options.OPERATION_TIMEOUT, ENDLESS));
  }
}
