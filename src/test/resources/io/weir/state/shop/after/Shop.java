package shop;

import io.weir.api.types.FormerNames;
import io.weir.api.types.TypeHint;
import io.weir.api.types.TypeInformation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The types of the job, some time later, and what has become of the values. */
public final class Shop {
  public enum Level {
    HIGH,
    MIDDLE,
    @FormerNames("LOW")
    SMALL
  }

  @FormerNames("shop.Shop$Event")
  public sealed interface Happening permits Closed, Reopened, Opened {}

  public record Opened(long count, String by) implements Happening {}

  public record Closed(int count) implements Happening {}

  public record Reopened() implements Happening {}

  public record Line(String currency, long count, String product) {}

  public record Order(
      Optional<String> note,
      long id,
      @FormerNames("client") String customer,
      boolean urgent,
      List<Line> lines,
      Map<Level, Line> byLevel,
      Set<Level> levels,
      List<Happening> events,
      Optional<Long> rank,
      double ratio) {}

  @FormerNames("shop.Shop$Account")
  public static class Balance {
    public String currency = "EUR";

    @FormerNames("balance")
    public long cents;

    public String owner;

    @Override
    public boolean equals(Object other) {
      return other instanceof Balance that
          && cents == that.cents
          && currency.equals(that.currency)
          && owner.equals(that.owner);
    }

    @Override
    public int hashCode() {
      return Objects.hash(cents, currency, owner);
    }
  }

  public record Price(long amount, Level level) {}

  @FormerNames("shop.Shop$Price")
  public record OldPrice(String amount, Level level) {}

  public static Map<String, Map.Entry<TypeInformation<?>, Object>> states() {
    Line tea = new Line(null, 3, "tea");
    Balance balance = new Balance();
    balance.cents = 12;
    balance.owner = "bob";
    Map<String, Map.Entry<TypeInformation<?>, Object>> states = new LinkedHashMap<>();
    states.put(
        "order",
        Map.entry(
            TypeInformation.of(Order.class),
            new Order(
                Optional.empty(),
                7,
                "ann",
                false,
                List.of(tea, new Line(null, -1, "milk")),
                Map.of(Level.SMALL, tea),
                Set.of(Level.SMALL),
                List.of(new Opened(3, "ann"), new Closed(4)),
                Optional.of(5L),
                0.5)));
    states.put("account", Map.entry(TypeInformation.of(Balance.class), balance));
    states.put("event", Map.entry(TypeInformation.of(Happening.class), new Opened(9, "cid")));
    states.put("level", Map.entry(TypeInformation.of(Level.class), Level.SMALL));
    states.put(
        "lines", Map.entry(TypeInformation.of(new TypeHint<List<Line>>() {}), List.of(tea)));
    states.put("number", Map.entry(TypeInformation.of(Long.class), -5L));
    return states;
  }

  public static Object price(String amount) {
    return new Price(Long.parseLong(amount), Level.HIGH);
  }

  public static Object migrated(OldPrice old) {
    return new Price(Long.parseLong(old.amount()), old.level());
  }
}
