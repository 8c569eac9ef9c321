package io.weir.serial;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The classes that values were written with. */
final class Before {
  private Before() {}

  enum Level {
    LOW,
    HIGH
  }

  sealed interface Event permits Opened, Closed {}

  record Opened(String by, int count) implements Event {}

  record Closed(int count) implements Event {}

  record Line(String product, int count, double price) {}

  record Order(
      int id,
      String customer,
      Line first,
      List<Line> lines,
      Map<String, Integer> counts,
      float ratio,
      Level level,
      Optional<Integer> rank,
      Node chain,
      byte small) {}

  record Node(int value, Node next) {}

  static final class Account {
    public String owner;
    public int balance;
    public List<Line> gone;
  }

  enum Tone {
    DULL,
    BRIGHT
  }

  record Colour(String label, Tone tone) {}

  record Painting(String title, List<Colour> colours, Map<Tone, Integer> counts, Shape frame) {}

  sealed interface Shape permits Square {}

  record Square(int side) implements Shape {}

  static final class Buyer {
    public String client;
    public int money;
  }

  record Narrow(long amount, String name, Integer maybe, List<String> tags, Level level) {}
}
