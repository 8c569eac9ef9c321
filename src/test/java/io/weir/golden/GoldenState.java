package io.weir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.functions.AggregateFunction;
import io.weir.api.state.AggregatingStateDescriptor;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.StateTtlConfig;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.state.KeyedStateBackend;
import io.weir.state.OperatorStateBackend;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is in every golden snapshot. It must never change, nor must the names of the classes here:
 * they stand in the snapshots.
 */
public final class GoldenState {
  static final TypeInformation<String> KEY = Types.STRING;
  static final int MAX_PARALLELISM = 8;
  static final int PARALLELISM = 2;

  /** When everything was written, milliseconds since the epoch. */
  static final long WRITTEN_AT = 1_700_000_000_000L;

  private static final int KEYS = 12;

  private final ValueStateDescriptor<Order> order =
      new ValueStateDescriptor<>("order", Order.class);
  private final ValueStateDescriptor<Long> count = new ValueStateDescriptor<>("count", Long.class);
  private final ListStateDescriptor<Line> lines = new ListStateDescriptor<>("lines", Line.class);
  private final MapStateDescriptor<Level, Account> accounts =
      new MapStateDescriptor<>("accounts", Level.class, Account.class);
  private final ReducingStateDescriptor<Long> sum =
      new ReducingStateDescriptor<>("sum", Long::sum, Long.class);
  private final AggregatingStateDescriptor<Long, Account, Long> total =
      new AggregatingStateDescriptor<>("total", new Adding(), Account.class);
  private final ListStateDescriptor<String> splits =
      new ListStateDescriptor<>("splits", String.class);
  private final ListStateDescriptor<Line> union = new ListStateDescriptor<>("union", Line.class);
  private final MapStateDescriptor<String, Level> rules =
      new MapStateDescriptor<>("rules", String.class, Level.class);

  public GoldenState() {
    accounts.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofHours(1)).build());
  }

  enum Level {
    LOW,
    HIGH
  }

  sealed interface Event permits Opened, Closed {}

  record Opened(String by) implements Event {}

  record Closed(int count) implements Event {}

  record Line(String product, int count, BigDecimal price) {}

  @SuppressWarnings("ArrayRecordComponent") // compared part by part
  record Order(
      long id,
      boolean urgent,
      Instant at,
      List<Line> lines,
      Map<String, Level> levels,
      Event last,
      Optional<String> note,
      byte[] raw) {}

  /** A POJO. */
  public static final class Account {
    public String owner;
    public long balance;

    public Account() {}

    Account(String owner, long balance) {
      this.owner = owner;
      this.balance = balance;
    }

    @Override
    public String toString() {
      return owner + " " + balance;
    }
  }

  private static final class Adding implements AggregateFunction<Long, Account, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Account createAccumulator() {
      return new Account("sum", 0);
    }

    @Override
    public Account add(Long value, Account accumulator) {
      accumulator.balance += value;
      return accumulator;
    }

    @Override
    public Long getResult(Account accumulator) {
      return accumulator.balance;
    }

    @Override
    public Account merge(Account a, Account b) {
      return new Account("sum", a.balance + b.balance);
    }
  }

  private static List<String> keysIn(KeyGroupRange range) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      int keyGroup = KeyGroups.keyGroupOf("key" + i, MAX_PARALLELISM);
      if (keyGroup >= range.start() && keyGroup <= range.end()) {
        keys.add("key" + i);
      }
    }
    return keys;
  }

  private static long numberOf(String key) {
    return Long.parseLong(key.substring("key".length()));
  }

  private static Order orderOf(long number) {
    return new Order(
        number,
        number % 2 == 0,
        Instant.ofEpochMilli(WRITTEN_AT + number),
        List.of(new Line("tea", (int) number, new BigDecimal("1.50"))),
        Map.of("now", Level.HIGH),
        number % 2 == 0 ? new Opened("ann") : new Closed((int) number),
        number == 0 ? Optional.empty() : Optional.of("note " + number),
        new byte[] {(byte) number, -1});
  }

  /**
   * Writes the state of the backend's keys.
   *
   * @param first whether it is the state that an earlier checkpoint has already, or the rest
   */
  void write(KeyedStateBackend<String> backend, boolean first) throws Exception {
    for (String key : keysIn(backend.keyGroupRange())) {
      long number = numberOf(key);
      backend.setCurrentKey(key);
      if (first) {
        backend.state(order).update(orderOf(number));
        backend.state(count).update(-1L);
        backend
            .namespaced(lines, Types.LONG)
            .in(number)
            .addAll(List.of(new Line("a", 1, BigDecimal.ONE), new Line("b", 2, BigDecimal.TEN)));
        backend.state(accounts).put(Level.LOW, new Account("bob", number));
        backend.state(accounts).put(Level.HIGH, null);
      } else {
        backend.state(count).update(number);
        backend.state(sum).add(number);
        backend.state(sum).add(1L);
        backend.state(total).add(number);
        backend.timers("timers", Types.STRING).register("window", WRITTEN_AT + number);
      }
    }
  }

  /** Sees to it that exactly what was written is there. */
  void verify(KeyedStateBackend<String> backend) throws Exception {
    List<String> keys = keysIn(backend.keyGroupRange());
    for (String key : keys) {
      long number = numberOf(key);
      backend.setCurrentKey(key);
      assertThat(backend.state(order).value())
          .usingRecursiveComparison()
          .isEqualTo(orderOf(number));
      assertThat(backend.state(count).value()).isEqualTo(number);
      assertThat(backend.namespaced(lines, Types.LONG).in(number).get())
          .containsExactly(new Line("a", 1, BigDecimal.ONE), new Line("b", 2, BigDecimal.TEN));
      assertThat(backend.state(accounts).get(Level.LOW)).hasToString("bob " + number);
      assertThat(backend.state(accounts).contains(Level.HIGH)).isTrue();
      assertThat(backend.state(accounts).get(Level.HIGH)).isNull();
      assertThat(backend.state(sum).get()).isEqualTo(number + 1);
      assertThat(backend.state(total).get()).isEqualTo(number);
    }
    assertThat(backend.timers("timers", Types.STRING).size()).isEqualTo(keys.size());
    List<String> visited = new ArrayList<>();
    backend.forEachKey(order, visited::add);
    assertThat(visited).containsExactlyInAnyOrderElementsOf(keys);
  }

  /** That the time to live goes on. */
  void verifyExpired(KeyedStateBackend<String> backend) throws Exception {
    for (String key : keysIn(backend.keyGroupRange())) {
      backend.setCurrentKey(key);
      assertThat(backend.state(accounts).isEmpty()).isTrue();
    }
  }

  void write(OperatorStateBackend backend, int subtask) throws Exception {
    backend.getListState(splits).addAll(List.of("split " + subtask, "split " + (10 + subtask)));
    backend.getUnionListState(union).add(new Line("union", subtask, BigDecimal.ZERO));
    backend.getBroadcastState(rules).put("rule", Level.HIGH);
  }

  void verify(OperatorStateBackend backend) throws Exception {
    assertThat(backend.getListState(splits).get())
        .containsExactlyInAnyOrder("split 0", "split 10", "split 1", "split 11");
    assertThat(backend.getUnionListState(union).get())
        .containsExactly(
            new Line("union", 0, BigDecimal.ZERO), new Line("union", 1, BigDecimal.ZERO));
    assertThat(backend.getBroadcastState(rules).get("rule")).isEqualTo(Level.HIGH);
  }
}
