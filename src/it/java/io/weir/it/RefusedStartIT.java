package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.deployed.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that finds its port taken and its configuration unreadable: its log says so. */
class RefusedStartIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private WeirServer server;

  @BeforeEach
  void prepare() throws IOException {
    server = WeirServer.named("refused");
  }

  @AfterEach
  void end() throws InterruptedException {
    server.close();
  }

  @Test
  void namesThePortAndTheFile() throws Exception {
    server.configure("execution.checkpointing.dir=C:\\users\\flights\n");
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.listenOn(other.getLocalPort());
      server.start();
      Eventually.holds(
          LIMIT,
          () ->
              assertThat(server.log())
                  .contains("CWWKO0221E", "port " + other.getLocalPort())
                  .contains(
                      "The configuration file " + server.configFile() + " cannot be read",
                      "WEIR_CONFIG_FILE"));
    }
  }
}
