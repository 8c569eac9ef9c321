package io.weir.serial;

import io.weir.snapshot.ScalarKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The types without parts. */
final class Scalars {
  private static final Map<Class<?>, ScalarCodec<?>> BY_CLASS = new HashMap<>();
  private static final Map<ScalarKind, ScalarCodec<?>> BY_KIND = new EnumMap<>(ScalarKind.class);

  static {
    immutable(
        Boolean.class,
        ScalarKind.BOOLEAN,
        (v, out) -> out.writeBoolean(v),
        BinaryInput::readBoolean);
    immutable(Byte.class, ScalarKind.BYTE, (v, out) -> out.writeByte(v), BinaryInput::readByte);
    immutable(Short.class, ScalarKind.SHORT, (v, out) -> out.writeShort(v), BinaryInput::readShort);
    immutable(
        Character.class, ScalarKind.CHAR, (v, out) -> out.writeChar(v), BinaryInput::readChar);
    immutable(
        Integer.class, ScalarKind.INT, (v, out) -> out.writeVarInt(v), BinaryInput::readVarInt);
    immutable(
        Long.class, ScalarKind.LONG, (v, out) -> out.writeVarLong(v), BinaryInput::readVarLong);
    immutable(Float.class, ScalarKind.FLOAT, (v, out) -> out.writeFloat(v), BinaryInput::readFloat);
    immutable(
        Double.class, ScalarKind.DOUBLE, (v, out) -> out.writeDouble(v), BinaryInput::readDouble);
    immutable(String.class, ScalarKind.STRING, (v, out) -> out.writeUtf8(v), BinaryInput::readUtf8);
    immutable(
        BigInteger.class,
        ScalarKind.BIG_INTEGER,
        (v, out) -> PrimitiveArrays.write(v.toByteArray(), out),
        in -> new BigInteger(PrimitiveArrays.readBytes(in)));
    immutable(
        BigDecimal.class,
        ScalarKind.BIG_DECIMAL,
        Scalars::writeDecimal,
        in -> {
          int scale = in.readVarInt();
          return new BigDecimal(new BigInteger(PrimitiveArrays.readBytes(in)), scale);
        });
    immutable(
        UUID.class,
        ScalarKind.UUID,
        (v, out) -> {
          out.writeLong(v.getMostSignificantBits());
          out.writeLong(v.getLeastSignificantBits());
        },
        in -> new UUID(in.readLong(), in.readLong()));
    immutable(
        URI.class,
        ScalarKind.URI,
        (v, out) -> out.writeUtf8(v.toString()),
        in -> URI.create(in.readUtf8()));
    registerDate();
    PrimitiveArrays.register();
    JavaTime.register();
  }

  private Scalars() {}

  /** The codec of a class, if it is one without parts; a primitive class counts as its wrapper. */
  static Optional<ScalarCodec<?>> of(Class<?> type) {
    return Optional.ofNullable(BY_CLASS.get(type));
  }

  static ScalarCodec<?> of(ScalarKind kind) {
    return BY_KIND.get(kind);
  }

  static <T> void immutable(
      Class<T> type,
      ScalarKind kind,
      BiConsumer<T, BinaryOutput> writer,
      Function<BinaryInput, T> reader) {
    mutable(type, kind, writer, reader, null);
  }

  static <T> void mutable(
      Class<T> type,
      ScalarKind kind,
      BiConsumer<T, BinaryOutput> writer,
      Function<BinaryInput, T> reader,
      UnaryOperator<T> copier) {
    ScalarCodec<T> codec = new ScalarCodec<>(type, kind, writer, reader, copier);
    BY_CLASS.put(type, codec);
    BY_KIND.put(kind, codec);
  }

  @SuppressWarnings("JavaUtilDate") // the classes of users have it
  private static void registerDate() {
    mutable(
        Date.class,
        ScalarKind.DATE,
        (v, out) -> out.writeVarLong(v.getTime()),
        in -> new Date(in.readVarLong()),
        v -> new Date(v.getTime()));
  }

  private static void writeDecimal(BigDecimal value, BinaryOutput out) {
    out.writeVarInt(value.scale());
    PrimitiveArrays.write(value.unscaledValue().toByteArray(), out);
  }
}
