package io.weir.serial;

import io.weir.snapshot.Schema;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Set;

/**
 * Records, POJOs and tuples.
 *
 * <p>This class itself is only a pattern: {@link StructCodecFactory} makes a hidden copy of it for
 * every struct type. So the handles of the type are static constants of its copy, which the
 * compiler inlines completely, and the copies do not share the profile of a call. Its own name
 * means nothing in a copy, so it must not pass itself on under it, for example to a lambda.
 */
final class StructCodec implements Codec<Object> {
  private static final StructCode CODE = classData();
  private static final Class<?> TYPE = CODE.type();
  private static final MethodHandle WRITE = CODE.write();
  private static final MethodHandle READ = CODE.read();
  private static final MethodHandle COPY = CODE.copy();

  private final Struct struct;

  StructCodec(Struct struct) {
    this.struct = struct;
  }

  private static StructCode classData() {
    try {
      return MethodHandles.classData(
          MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, StructCode.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void write(Object value, BinaryOutput out) {
    requireType(value);
    try {
      WRITE.invokeExact(value, out);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  public Object read(BinaryInput in) {
    try {
      return READ.invokeExact(in);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  public Object copy(Object value) {
    if (struct.immutable()) {
      return value;
    }
    requireType(value);
    try {
      return COPY.invokeExact(value);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** A subclass has fields that this type does not know; they must not vanish silently. */
  private static void requireType(Object value) {
    if (value.getClass() != TYPE) {
      throw new SerializationException(
          "the value is a "
              + value.getClass().getName()
              + ", but declared is "
              + TYPE.getName()
              + "; declare the class itself, or a sealed type that permits it");
    }
  }

  /** Also a constructor or accessor of the type may fail, with anything. */
  private RuntimeException failed(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return SerializationException.of(e).in(struct.name());
  }

  @Override
  public boolean isImmutable(Set<Object> visiting) {
    return struct.isImmutable(visiting);
  }

  @Override
  public boolean isCopiedWhileChanging() {
    return struct.isCopiedWhileChanging();
  }

  @Override
  public Schema describe(Described described) {
    return struct.describe(described);
  }

  @Override
  public Codec<Object> reading(Schema stored, StoredSchema context) {
    return struct.reading(this, (Schema.Struct) stored, context);
  }
}
