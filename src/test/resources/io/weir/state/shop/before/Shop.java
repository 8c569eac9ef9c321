package shop;

import io.weir.api.types.TypeHint;
import io.weir.api.types.TypeInformation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The types of a job, and values of them. */
public final class Shop {
  public enum Level {
    LOW,
    HIGH
  }

  public sealed interface Event permits Opened, Closed {}

  public record Opened(String by, int count) implements Event {}

  public record Closed(int count) implements Event {}

  public record Line(String product, int count, double price) {}

  public record Order(
      int id,
      String client,
      List<Line> lines,
      Map<Level, Line> byLevel,
      Set<Level> levels,
      List<Event> events,
      Optional<Integer> rank,
      float ratio,
      String gone) {}

  public static class Account {
    public String owner;
    public int balance;
    public List<Line> gone;
  }

  public record Price(String amount, Level level) {}

  public static Map<String, Map.Entry<TypeInformation<?>, Object>> states() {
    Line tea = new Line("tea", 3, 1.5);
    Account account = new Account();
    account.owner = "bob";
    account.balance = 12;
    account.gone = List.of(tea);
    Map<String, Map.Entry<TypeInformation<?>, Object>> states = new LinkedHashMap<>();
    states.put(
        "order",
        Map.entry(
            TypeInformation.of(Order.class),
            new Order(
                7,
                "ann",
                List.of(tea, new Line("milk", -1, 2)),
                Map.of(Level.LOW, tea),
                Set.of(Level.LOW),
                List.of(new Opened("ann", 3), new Closed(4)),
                Optional.of(5),
                0.5f,
                "gone")));
    states.put("account", Map.entry(TypeInformation.of(Account.class), account));
    states.put("event", Map.entry(TypeInformation.of(Event.class), new Opened("cid", 9)));
    states.put("level", Map.entry(TypeInformation.of(Level.class), Level.LOW));
    states.put(
        "lines", Map.entry(TypeInformation.of(new TypeHint<List<Line>>() {}), List.of(tea)));
    states.put("number", Map.entry(TypeInformation.of(Integer.class), -5));
    return states;
  }

  public static Object price(String amount) {
    return new Price(amount, Level.HIGH);
  }
}
