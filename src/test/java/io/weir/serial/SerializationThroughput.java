package io.weir.serial;

import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Measures round trips on one thread; run its main method, it prints one line per type. */
final class SerializationThroughput {
  private static final int VALUES = 1024;
  private static final int BATCH = 2_000_000;
  private static final int ROUNDS = 6;

  record Event(long id, int user, int item, long amount, long delta, String category) {}

  static final class EventPojo {
    public long id;
    public int user;
    public int item;
    public long amount;
    public long delta;
    public String category;
  }

  record Line(String product, int count, double price) {}

  record Order(long id, String customer, List<Line> lines) {}

  private SerializationThroughput() {}

  public static void main(String[] args) {
    SplittableRandom random = new SplittableRandom(1);
    List<Event> events =
        IntStream.range(0, VALUES)
            .mapToObj(
                i ->
                    new Event(
                        random.nextLong(1L << 40),
                        random.nextInt(1 << 24),
                        random.nextInt(100_000),
                        random.nextLong(1_000_000),
                        random.nextLong(),
                        "category-" + i % 50))
            .toList();
    List<EventPojo> pojos = events.stream().map(SerializationThroughput::pojo).toList();
    List<Order> orders =
        events.stream()
            .map(
                e ->
                    new Order(
                        e.id(),
                        e.category(),
                        List.of(new Line("a", 1, 2.5), new Line("bc", e.user(), 0.1))))
            .toList();
    List<Long> amounts = events.stream().map(Event::amount).toList();
    List<String> categories = events.stream().map(Event::category).toList();
    Serializer<Event> event = Serializers.of(TypeInformation.of(Event.class));
    Serializer<EventPojo> pojo = Serializers.of(TypeInformation.of(EventPojo.class));
    Serializer<Order> order = Serializers.of(TypeInformation.of(Order.class));
    Serializer<Long> number = Serializers.of(Types.LONG);
    Serializer<String> string = Serializers.of(Types.STRING);
    for (int round = 0; round < ROUNDS; round++) {
      measure("record of 6 fields", event, events);
      measure("POJO of 6 fields", pojo, pojos);
      measure("record with 2 records in a list", order, orders);
      measure("Long", number, amounts);
      measure("String", string, categories);
    }
  }

  /** Of this thread only: the machine may be busy with other things. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static EventPojo pojo(Event event) {
    EventPojo pojo = new EventPojo();
    pojo.id = event.id();
    pojo.user = event.user();
    pojo.item = event.item();
    pojo.amount = event.amount();
    pojo.delta = event.delta();
    pojo.category = event.category();
    return pojo;
  }

  private static <T> void measure(String name, Serializer<T> serializer, List<T> values) {
    BinaryOutput out = new BinaryOutput();
    BinaryInput in = new BinaryInput();
    long sink = 0;
    long start = cpuNanos();
    for (int i = 0; i < BATCH; i++) {
      out.reset();
      serializer.write(values.get(i & (VALUES - 1)), out);
      sink += out.position();
    }
    long written = cpuNanos();
    for (int i = 0; i < BATCH; i++) {
      in.reset(out.array(), 0, out.position());
      sink += serializer.read(in).hashCode() & 1;
    }
    long read = cpuNanos();
    for (int i = 0; i < BATCH; i++) {
      out.reset();
      serializer.write(values.get(i & (VALUES - 1)), out);
      in.reset(out.array(), 0, out.position());
      T back = serializer.read(in);
      sink += back == null ? 1 : 0;
    }
    long end = cpuNanos();
    System.out.printf(
        "%-32s write %6.1f  read %6.1f  round trip %6.1f M/s  %d bytes (%d)%n",
        name,
        BATCH * 1e3 / (written - start),
        BATCH * 1e3 / (read - written),
        BATCH * 1e3 / (end - read),
        out.position(),
        sink & 1);
  }
}
