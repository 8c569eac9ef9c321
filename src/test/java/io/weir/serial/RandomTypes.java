package io.weir.serial;

import io.weir.api.types.Tuple2;
import io.weir.api.types.Tuple3;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes types from a seed, and values of them. */
@SuppressWarnings({"JdkObsolete", "JavaUtilDate"}) // users have them
final class RandomTypes {
  private final Random random;

  RandomTypes(long seed) {
    random = new Random(seed);
  }

  /** A type and a source of its values, which are never null. */
  record Sample(TypeInformation<?> type, Supplier<Object> values) {}

  Sample next(int depth) {
    if (depth == 0) {
      return scalar();
    }
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> scalar();
      case 3 -> collection(List.class, depth, ArrayList::new);
      case 4 -> collection(Set.class, depth, LinkedHashSet::new);
      case 5 -> collection(LinkedList.class, depth, LinkedList::new);
      case 6 -> map(Map.class, depth, LinkedHashMap::new);
      case 7 -> map(HashMap.class, depth, HashMap::new);
      case 8 -> sortedMap(depth);
      case 9 -> optional(depth);
      case 10 -> array(depth);
      case 11 -> tuple2(depth);
      case 12 -> tuple3(depth);
      case 13 -> box(depth);
      case 14 -> shape(depth);
      default -> deque(depth);
    };
  }

  private Sample scalar() {
    List<Sample> all =
        List.of(
            sample(Boolean.class, random::nextBoolean),
            sample(Byte.class, () -> (byte) random.nextInt()),
            sample(Short.class, () -> (short) random.nextInt()),
            sample(Character.class, () -> (char) random.nextInt()),
            sample(Integer.class, () -> (int) number()),
            sample(Long.class, this::number),
            sample(Float.class, () -> Float.intBitsToFloat(random.nextInt())),
            sample(Double.class, () -> Double.longBitsToDouble(random.nextLong())),
            sample(String.class, this::string),
            sample(BigInteger.class, () -> new BigInteger(200, random).negate()),
            sample(BigDecimal.class, () -> BigDecimal.valueOf(number(), random.nextInt(60) - 30)),
            sample(UUID.class, () -> new UUID(random.nextLong(), random.nextLong())),
            sample(URI.class, () -> URI.create("http://host/" + random.nextInt())),
            sample(Date.class, () -> new Date(number())),
            sample(Instant.class, this::instant),
            sample(Duration.class, () -> Duration.ofSeconds(number() >> 8, random.nextInt())),
            sample(
                Period.class,
                () -> Period.of(random.nextInt(), random.nextInt(), random.nextInt())),
            sample(LocalDate.class, () -> dateTime().toLocalDate()),
            sample(LocalTime.class, () -> dateTime().toLocalTime()),
            sample(LocalDateTime.class, this::dateTime),
            sample(OffsetTime.class, () -> OffsetTime.of(dateTime().toLocalTime(), offset())),
            sample(OffsetDateTime.class, () -> dateTime().atOffset(offset())),
            sample(ZonedDateTime.class, () -> dateTime().atZone(zone())),
            sample(ZoneId.class, this::zone),
            sample(ZoneOffset.class, this::offset),
            sample(Year.class, () -> Year.of(random.nextInt(4000))),
            sample(YearMonth.class, () -> YearMonth.from(dateTime())),
            sample(MonthDay.class, () -> MonthDay.from(dateTime())),
            sample(byte[].class, () -> bytes()),
            sample(boolean[].class, () -> new boolean[] {random.nextBoolean(), true}),
            sample(short[].class, () -> new short[] {(short) random.nextInt()}),
            sample(char[].class, () -> string().toCharArray()),
            sample(int[].class, () -> random.ints(random.nextInt(5)).toArray()),
            sample(long[].class, () -> random.longs(random.nextInt(5)).toArray()),
            sample(float[].class, () -> new float[] {random.nextFloat(), -0f}),
            sample(double[].class, () -> random.doubles(random.nextInt(5)).toArray()),
            sample(Samples.Colour.class, this::colour),
            sample(Samples.Point.class, this::point),
            sample(Samples.Empty.class, Samples.Empty::new),
            sample(Samples.Primitives.class, this::primitives),
            sample(Samples.Wide.class, this::wide),
            sample(Samples.Node.class, () -> nodes(random.nextInt(20))),
            sample(Samples.Tree.class, () -> tree(3)),
            sample(Samples.Money.class, () -> new Samples.Money(number(), "c" + number())));
    return all.get(random.nextInt(all.size()));
  }

  private static <T> Sample sample(Class<T> type, Supplier<T> values) {
    return new Sample(TypeInformation.of(type), values::get);
  }

  private Sample collection(
      Class<?> type, int depth, Function<Collection<Object>, Collection<Object>> factory) {
    Sample element = next(depth - 1);
    return new Sample(
        Types.GENERIC(type, element.type()), () -> factory.apply(elements(element, true)));
  }

  private Sample deque(int depth) {
    Sample element = next(depth - 1);
    return new Sample(
        Types.GENERIC(Deque.class, element.type()),
        () -> new ArrayDeque<>(elements(element, false)));
  }

  private Sample map(Class<?> type, int depth, Supplier<Map<Object, Object>> factory) {
    Sample key = random.nextBoolean() ? sample(Samples.Point.class, this::point) : scalarKey();
    Sample value = next(depth - 1);
    return new Sample(
        Types.GENERIC(type, key.type(), value.type()),
        () -> {
          Map<Object, Object> map = factory.get();
          for (int i = random.nextInt(4); i > 0; i--) {
            map.put(orNull(key), orNull(value));
          }
          return map;
        });
  }

  private Sample scalarKey() {
    return sample(String.class, this::string);
  }

  private Sample sortedMap(int depth) {
    Sample value = next(depth - 1);
    return new Sample(
        Types.GENERIC(TreeMap.class, Types.LONG, value.type()),
        () -> {
          Map<Object, Object> map = new TreeMap<>();
          for (int i = random.nextInt(4); i > 0; i--) {
            map.put(number(), orNull(value));
          }
          return map;
        });
  }

  private Sample optional(int depth) {
    Sample value = next(depth - 1);
    return new Sample(
        Types.GENERIC(Optional.class, value.type()), () -> Optional.ofNullable(orNull(value)));
  }

  private Sample array(int depth) {
    Sample element = next(depth - 1);
    return new Sample(
        Types.OBJECT_ARRAY(element.type()),
        () -> {
          List<Object> values = elements(element, true);
          Object array = Array.newInstance(element.type().getTypeClass(), values.size());
          for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
          }
          return array;
        });
  }

  private Sample tuple2(int depth) {
    Sample a = next(depth - 1);
    Sample b = next(depth - 1);
    return new Sample(Types.TUPLE(a.type(), b.type()), () -> Tuple2.of(orNull(a), orNull(b)));
  }

  private Sample tuple3(int depth) {
    Sample a = next(depth - 1);
    Sample b = scalar();
    return new Sample(
        Types.TUPLE(a.type(), b.type(), a.type()),
        () -> Tuple3.of(orNull(a), orNull(b), orNull(a)));
  }

  private Sample box(int depth) {
    Sample content = next(depth - 1);
    return new Sample(
        Types.GENERIC(Samples.Box.class, content.type()),
        () -> new Samples.Box<>(orNull(content), elements(content, true)));
  }

  private Sample shape(int depth) {
    Sample measure = next(depth - 1);
    return new Sample(Types.GENERIC(Samples.Shape.class, measure.type()), () -> shape(measure, 2));
  }

  private Samples.Shape<?> shape(Sample measure, int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 4)) {
      case 0 -> new Samples.Circle<>(orNull(measure));
      case 1 -> new Samples.Rectangle<>(orNull(measure), orNull(measure));
      case 2 -> Samples.Kind.EVERYTHING;
      default -> group(measure, depth);
    };
  }

  private Samples.Shape<?> group(Sample measure, int depth) {
    Samples.Group<Object> group = new Samples.Group<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      group.parts.add(cast(shape(measure, depth - 1)));
    }
    return group;
  }

  @SuppressWarnings("unchecked")
  private static Samples.Shape<Object> cast(Samples.Shape<?> shape) {
    return (Samples.Shape<Object>) shape;
  }

  private List<Object> elements(Sample element, boolean nulls) {
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      values.add(nulls ? orNull(element) : element.values().get());
    }
    return values;
  }

  private Object orNull(Sample sample) {
    return random.nextInt(5) == 0 ? null : sample.values().get();
  }

  /** Of any size, and the limits. */
  private long number() {
    return switch (random.nextInt(8)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      case 2 -> Integer.MIN_VALUE;
      default -> random.nextLong() >> random.nextInt(64);
    };
  }

  private String string() {
    char[] chars = new char[random.nextInt(20)];
    int limit = List.of(0x80, 0x100, 0x900, 0x10000).get(random.nextInt(4));
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) random.nextInt(limit);
    }
    return new String(chars) + (random.nextInt(5) == 0 ? "\uD83D\uDE00" : "");
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return bytes;
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
  }

  private LocalDateTime dateTime() {
    return LocalDateTime.ofInstant(instant(), ZoneOffset.UTC);
  }

  private ZoneOffset offset() {
    return ZoneOffset.ofTotalSeconds(random.nextInt(36 * 3600) - 18 * 3600);
  }

  private ZoneId zone() {
    return random.nextBoolean() ? ZoneId.of("Europe/Berlin") : offset();
  }

  private Samples.Colour colour() {
    return Arrays.asList(Samples.Colour.values()).get(random.nextInt(3));
  }

  private Samples.Point point() {
    return new Samples.Point((int) number(), random.nextInt());
  }

  private Samples.Primitives primitives() {
    return new Samples.Primitives(
        random.nextBoolean(),
        (byte) random.nextInt(),
        (short) random.nextInt(),
        (char) random.nextInt(),
        (int) number(),
        number(),
        random.nextFloat(),
        random.nextDouble(),
        random.nextBoolean() ? number() : null);
  }

  private Samples.Wide wide() {
    Sample text = sample(String.class, this::string);
    Supplier<String> next = () -> (String) orNull(text);
    return new Samples.Wide(
        next.get(),
        next.get(),
        random.nextInt(),
        next.get(),
        next.get(),
        next.get(),
        next.get(),
        next.get(),
        next.get(),
        number(),
        next.get(),
        random.nextBoolean() ? point() : null);
  }

  private Samples.Node nodes(int length) {
    return new Samples.Node(length, length == 0 ? null : nodes(length - 1));
  }

  private Samples.Tree tree(int depth) {
    List<Samples.Tree> children = new ArrayList<>();
    for (int i = depth == 0 ? 0 : random.nextInt(3); i > 0; i--) {
      children.add(tree(depth - 1));
    }
    return new Samples.Tree(string(), children);
  }
}
