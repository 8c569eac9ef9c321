package io.weir.serial;

import io.weir.api.types.FormerNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The classes of {@link Before}, some time later. */
final class After {
  private After() {}

  enum Level {
    HIGH,
    MIDDLE,
    LOW
  }

  sealed interface Event permits Closed, Reopened, Opened {}

  record Opened(long count, String by) implements Event {}

  record Closed(int count) implements Event {}

  record Reopened() implements Event {}

  /** Lost its price, got a currency, another order, wider numbers. */
  record Line(String currency, long count, String product) {}

  record Order(
      Optional<Integer> rank,
      Optional<String> note,
      long id,
      boolean urgent,
      List<Line> lines,
      Level level,
      Map<String, Long> counts,
      double ratio,
      Node chain,
      Integer small) {}

  record Node(Node next, long value) {}

  static final class Account {
    public String currency = "EUR";
    public long balance;
    public String owner;
  }

  @FormerNames("io.weir.serial.After$Tone")
  enum Shade {
    BRIGHT,
    @FormerNames("DULL")
    DARK
  }

  @FormerNames({"io.weir.serial.Never", "io.weir.serial.After$Colour"})
  record Paint(Shade shade, @FormerNames({"name", "label"}) String text) {}

  record Painting(
      @FormerNames("title") String name,
      @FormerNames("colours") List<Paint> paints,
      Map<Shade, Long> counts,
      @FormerNames("frame") Form form) {}

  @FormerNames("io.weir.serial.After$Shape")
  sealed interface Form permits Round, Square {}

  record Round() implements Form {}

  record Square(@FormerNames("side") int width) implements Form {}

  static final class Buyer {
    public long money;

    @FormerNames("client")
    public String customer;
  }

  record Narrow(int amount, int name, int maybe, List<Integer> tags, Small level) {}

  enum Small {
    LOW
  }
}
