package io.weir.bench.micro;

import io.weir.api.types.Tuple3;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;

/** The types of values that are benchmarked, and how a value of each is made of a number. */
public enum StoredType {
  LONG(Types.LONG) {
    @Override
    Object value(long number) {
      return spread(number);
    }
  },
  STRING(Types.STRING) {
    @Override
    Object value(long number) {
      return "category-" + number % 1_000;
    }
  },
  /** A hundred characters. */
  TEXT(Types.STRING) {
    @Override
    Object value(long number) {
      return String.format("%0100d", number);
    }
  },
  TUPLE(Types.TUPLE(Types.LONG, Types.INT, Types.STRING)) {
    @Override
    Object value(long number) {
      return Tuple3.of(number, (int) spread(number), "category-" + number % 50);
    }
  },
  RECORD(TypeInformation.of(Reading.class)) {
    @Override
    Object value(long number) {
      return new Reading(
          number,
          (int) (number % (1 << 24)),
          (int) (number % 100_000),
          number % 1_000_000,
          spread(number),
          "category-" + number % 50);
    }
  },
  POJO(TypeInformation.of(MutableReading.class)) {
    @Override
    Object value(long number) {
      MutableReading reading = new MutableReading();
      reading.id = number;
      reading.user = (int) (number % (1 << 24));
      reading.item = (int) (number % 100_000);
      reading.amount = number % 1_000_000;
      reading.delta = spread(number);
      reading.category = "category-" + number % 50;
      return reading;
    }
  };

  /** Of six fields, which never change. */
  public record Reading(long id, int user, int item, long amount, long delta, String category) {}

  /** Of the same fields, which may change. */
  public static final class MutableReading {
    public long id;
    public int user;
    public int item;
    public long amount;
    public long delta;
    public String category;
  }

  private final TypeInformation<?> information;

  StoredType(TypeInformation<?> information) {
    this.information = information;
  }

  /** A new value. */
  abstract Object value(long number);

  @SuppressWarnings("unchecked") // values of this type are all that is used with it
  TypeInformation<Object> information() {
    return (TypeInformation<Object>) information;
  }

  /** A number of the full width, as hashes and random ids are. */
  private static long spread(long number) {
    return number * 0x9E3779B97F4A7C15L;
  }
}
