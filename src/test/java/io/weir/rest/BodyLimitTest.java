package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BodyLimitTest {

  private static InputStream body(int bytes) {
    return new BodyLimit.Bounded(new ByteArrayInputStream(new byte[bytes]));
  }

  @Test
  void aBodyOfTheLimitIsReadToItsEnd() throws Exception {
    assertThat(body(BodyLimit.MOST_BYTES).readAllBytes()).hasSize(BodyLimit.MOST_BYTES);
  }

  @Test
  void oneByteMoreIsRefusedHoweverItIsRead() {
    assertThatThrownBy(() -> body(BodyLimit.MOST_BYTES + 1).readAllBytes())
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(413));
    InputStream single = body(BodyLimit.MOST_BYTES + 1);
    assertThatThrownBy(
            () -> {
              while (single.read() >= 0) {
                // to the end
              }
            })
        .isInstanceOf(ApiException.class);
  }
}
