package io.weir.servers;

import io.weir.config.Configuration;
import io.weir.servers.FaultyRelay.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A store for a script. Tells by which settings it is reached and then does what the lines of its
 * input say, until that ends:
 *
 * <ul>
 *   <li>{@code stop}, {@code start}: kills the store's processes, starts them again
 *   <li>{@code failing}, {@code slow}, {@code well}: from now on one request in five fails, each
 *       takes two seconds longer, or neither; of stores that speak HTTP only
 * </ul>
 */
public final class StoreForScript {
  private static final Duration LATENCY = Duration.ofSeconds(2);
  private static final int ONE_IN = 5;
  private static final List<Fault> FAILURES =
      List.of(Fault.THROTTLE, Fault.CUT_REQUEST, Fault.CUT_ANSWER);

  private final Store store;
  private final FaultyRelay relay;

  /**
   * Tells what the store's processes are told through.
   *
   * @param relay null if it does not speak HTTP
   */
  private StoreForScript(Store store, FaultyRelay relay) {
    this.store = store;
    this.relay = relay;
  }

  /**
   * Serves a script.
   *
   * @param args the scheme of the store's URIs
   */
  public static void main(String[] args) throws IOException {
    try (Store store = Store.started(args[0]);
        FaultyRelay relay =
            store instanceof HttpStore http ? FaultyRelay.to(http.port(), LATENCY) : null) {
      new StoreForScript(store, relay).serve();
    }
    System.exit(0);
  }

  private void serve() throws IOException {
    Configuration settings =
        relay == null ? store.configuration() : ((HttpStore) store).configuration(relay.port());
    settings.toMap().forEach((key, value) -> System.out.println(key + "=" + value));
    System.out.println("execution.checkpointing.dir=" + store.newDirectory());
    System.out.println("READY");
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      obey(line);
      System.out.println("DONE " + line);
    }
  }

  private void obey(String command) throws IOException {
    switch (command) {
      case "stop" -> store.stop();
      case "start" -> store.startAgain();
      case "failing" -> relay.setFaults((number, head) -> failureOf(number));
      case "slow" -> relay.setFaults((number, head) -> Fault.DELAY);
      case "well" -> relay.setFaults((number, head) -> Fault.NONE);
      default -> throw new IllegalArgumentException("no such command: " + command);
    }
  }

  private static Fault failureOf(int request) {
    return request % ONE_IN == 0 ? FAILURES.get(request / ONE_IN % FAILURES.size()) : Fault.NONE;
  }
}
