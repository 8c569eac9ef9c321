package io.weir.serial;

import io.weir.api.types.TypeInformation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Types that the tests store: what users write. */
final class Samples {
  private Samples() {}

  enum Colour {
    RED,
    GREEN {
      @Override
      String label() {
        return "leaf";
      }
    },
    BLUE;

    String label() {
      return name();
    }
  }

  record Empty() {}

  record Point(int x, int y) {}

  record Primitives(
      boolean a, byte b, short c, char d, int e, long f, float g, double h, Long boxed) {}

  private record Hidden(String secret, Colour colour) {
    static Hidden of(String secret) {
      return new Hidden(secret, Colour.BLUE);
    }
  }

  static Object hidden(String secret) {
    return Hidden.of(secret);
  }

  record Box<T>(T content, List<T> more) {}

  /** More fields than one presence byte covers. */
  record Wide(
      String a,
      String b,
      int c,
      String d,
      String e,
      String f,
      String g,
      String h,
      String i,
      long j,
      String k,
      Point l) {}

  sealed interface Shape<T> permits Circle, Rectangle, Group, Kind {}

  record Circle<T>(T radius) implements Shape<T> {}

  record Rectangle<T>(T width, T height) implements Shape<T> {}

  static final class Group<U> implements Shape<U> {
    List<Shape<U>> parts = new ArrayList<>();

    @Override
    public boolean equals(Object other) {
      return other instanceof Group<?> that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
      return parts.hashCode();
    }
  }

  enum Kind implements Shape<Object> {
    NOTHING,
    EVERYTHING
  }

  record Node(int value, Node next) {}

  record Tree(String name, List<Tree> children) {}

  static class Base {
    protected long id;
    transient int cached = 7;
  }

  static final class Account extends Base {
    private String owner = "nobody";
    public Map<String, int[]> limits;
    private Optional<Point> place = Optional.empty();

    Account() {}

    Account(long id, String owner, Map<String, int[]> limits) {
      this.id = id;
      this.owner = owner;
      this.limits = limits;
      this.place = Optional.of(new Point(1, 2));
    }

    String owner() {
      return owner;
    }

    Map<String, int[]> limits() {
      return limits;
    }

    long id() {
      return id;
    }

    Optional<Point> place() {
      return place;
    }
  }

  static class Open {
    public int a;
  }

  static final class MoreThanOpen extends Open {
    public int b;
  }

  /** Neither record nor POJO: stored as CBOR. */
  static final class Money {
    private final long cents;
    private final String currency;

    @com.fasterxml.jackson.annotation.JsonCreator
    Money(
        @com.fasterxml.jackson.annotation.JsonProperty("cents") long cents,
        @com.fasterxml.jackson.annotation.JsonProperty("currency") String currency) {
      this.cents = cents;
      this.currency = currency;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Money that && cents == that.cents && currency.equals(that.currency);
    }

    @Override
    public int hashCode() {
      return Objects.hash(cents, currency);
    }
  }

  /** Tells the component that it refuses. */
  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("not positive: " + value);
      }
    }
  }

  static <T> byte[] bytes(Serializer<T> serializer, T value) {
    BinaryOutput out = new BinaryOutput(1);
    serializer.write(value, out);
    return out.toByteArray();
  }

  /** Writes, reads, and checks that all bytes were read. */
  static <T> T roundTrip(TypeInformation<T> type, T value) {
    Serializer<T> serializer = Serializers.of(type);
    BinaryInput in = new BinaryInput(bytes(serializer, value));
    T back = serializer.read(in);
    if (in.remaining() != 0) {
      throw new AssertionError(in.remaining() + " bytes of " + value + " were not read");
    }
    return back;
  }
}
