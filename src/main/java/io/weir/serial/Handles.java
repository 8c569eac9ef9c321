package io.weir.serial;

import io.weir.snapshot.ScalarKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;

/** Combinations of method handles that {@link StructCompiler} and {@link StructReader} build on. */
final class Handles {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private Handles() {}

  /** A method of this package's classes. */
  static MethodHandle method(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
    try {
      return LOOKUP.findVirtual(owner, name, MethodType.methodType(result, parameters));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Missing " + owner.getName() + "." + name, e);
    }
  }

  /** {@code (BinaryOutput, P) -> void} for a primitive class P. */
  static MethodHandle primitiveWriter(Class<?> primitive) {
    ScalarKind kind =
        Scalars.of(MethodType.methodType(primitive).wrap().returnType()).orElseThrow().kind();
    MethodHandle writer =
        switch (kind) {
          case BOOLEAN -> writer("writeBoolean", boolean.class);
          case BYTE -> writer("writeByte", int.class);
          case SHORT -> writer("writeShort", int.class);
          case CHAR -> writer("writeChar", char.class);
          case INT -> writer("writeVarInt", int.class);
          case LONG -> writer("writeVarLong", long.class);
          case FLOAT -> writer("writeFloat", float.class);
          default -> writer("writeDouble", double.class);
        };
    return writer.asType(MethodType.methodType(void.class, BinaryOutput.class, primitive));
  }

  private static MethodHandle writer(String name, Class<?> parameter) {
    return method(BinaryOutput.class, name, void.class, parameter);
  }

  /** {@code BinaryInput -> P} for the primitive class P of a kind. */
  static MethodHandle primitiveReader(ScalarKind kind) {
    return switch (kind) {
      case BOOLEAN -> reader("readBoolean", boolean.class);
      case BYTE -> reader("readByte", byte.class);
      case SHORT -> reader("readShort", short.class);
      case CHAR -> reader("readChar", char.class);
      case INT -> reader("readVarInt", int.class);
      case LONG -> reader("readVarLong", long.class);
      case FLOAT -> reader("readFloat", float.class);
      case DOUBLE -> reader("readDouble", double.class);
      default -> throw new IllegalArgumentException("Not primitive: " + kind);
    };
  }

  private static MethodHandle reader(String name, Class<?> result) {
    return method(BinaryInput.class, name, result);
  }

  /**
   * All steps, one after the other: void handles of one type. Nested like a balanced tree, because
   * the compiler inlines to a limited depth.
   */
  static MethodHandle sequence(List<MethodHandle> steps) {
    if (steps.size() == 1) {
      return steps.get(0);
    }
    int half = steps.size() / 2;
    MethodHandle first = sequence(steps.subList(0, half));
    return MethodHandles.foldArguments(sequence(steps.subList(half, steps.size())), first);
  }

  /** Passes one argument to all parameters of a handle. */
  static MethodHandle spread(MethodHandle target, Class<?> argument) {
    int[] order = new int[target.type().parameterCount()];
    Arrays.fill(order, 0);
    return MethodHandles.permuteArguments(
        target, MethodType.methodType(target.type().returnType(), argument), order);
  }
}
