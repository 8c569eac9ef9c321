package io.weir.serial;

import static java.lang.invoke.MethodType.methodType;

import io.weir.snapshot.StructKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Compiles how a struct is read from the fields that stand in the bytes, in their order. */
final class StructReader {
  private static final MethodHandle READ_FIELD =
      Handles.method(FieldReader.class, "read", Object.class, BinaryInput.class, int.class);
  private static final MethodHandle READ_PRESENCE =
      Handles.method(FieldRun.class, "readPresence", int.class, BinaryInput.class);
  private static final MethodHandle READ_BYTE =
      Handles.method(BinaryInput.class, "readByte", byte.class);

  private final StructShape shape;
  private final List<StoredField> stored;
  private final List<FieldRun> runs;

  StructReader(StructShape shape, List<StoredField> stored) {
    this.shape = shape;
    this.stored = stored;
    this.runs = FieldRun.of(stored.stream().map(StoredField::nullable).toList());
  }

  /** {@code BinaryInput -> T} */
  MethodHandle compile() {
    MethodHandle read = shape.kind() == StructKind.RECORD ? construct() : fill();
    return stored.isEmpty() ? MethodHandles.foldArguments(read, discard(READ_BYTE)) : read;
  }

  /** Into a new object, field by field. */
  private MethodHandle fill() {
    Class<?> type = shape.type();
    MethodHandle filled =
        MethodHandles.dropArguments(MethodHandles.identity(type), 1, BinaryInput.class);
    List<MethodHandle> steps = new ArrayList<>();
    for (FieldRun run : runs) {
      steps.add(fillRun(run));
    }
    if (!steps.isEmpty()) {
      filled = MethodHandles.foldArguments(filled, Handles.sequence(steps));
    }
    return MethodHandles.collectArguments(filled, 0, shape.constructor());
  }

  /** {@code (T, BinaryInput) -> void} */
  private MethodHandle fillRun(FieldRun run) {
    MethodType stepType = methodType(void.class, shape.type(), BinaryInput.class, int.class);
    List<MethodHandle> steps = new ArrayList<>();
    for (int i = run.from(); i < run.to(); i++) {
      MethodHandle value = value(run, i);
      if (value.type().returnType() == void.class) {
        steps.add(MethodHandles.dropArguments(value, 0, shape.type()));
      } else {
        Member member = shape.members().get(stored.get(i).target());
        MethodHandle setter =
            member.setter().asType(methodType(void.class, shape.type(), member.declared()));
        steps.add(MethodHandles.collectArguments(setter, 1, value).asType(stepType));
      }
    }
    return MethodHandles.permuteArguments(
        MethodHandles.collectArguments(Handles.sequence(steps), 2, presence(run)),
        methodType(void.class, shape.type(), BinaryInput.class),
        0,
        1,
        1);
  }

  /**
   * Through the constructor. Built from its end: a handle {@code (BinaryInput, int presence, values
   * so far...) -> T} is fed with the value in front of it, until no values are left.
   */
  private MethodHandle construct() {
    MethodHandle read = inStoredOrder();
    read = MethodHandles.dropArguments(read, 0, BinaryInput.class, int.class);
    for (int r = runs.size() - 1; r >= 0; r--) {
      FieldRun run = runs.get(r);
      for (int i = run.to() - 1; i >= run.from(); i--) {
        MethodHandle value = value(run, i);
        read =
            value.type().returnType() == void.class
                ? MethodHandles.foldArguments(read, value)
                : feedLast(read, value);
      }
      read = MethodHandles.dropArguments(withPresence(read, run), 1, int.class);
    }
    return MethodHandles.insertArguments(read, 1, 0);
  }

  /** Makes the last of the values so far by reading it. */
  private static MethodHandle feedLast(MethodHandle read, MethodHandle value) {
    int last = read.type().parameterCount() - 1;
    int[] order = new int[last + 2];
    for (int i = 0; i < last; i++) {
      order[i] = i;
    }
    order[last + 1] = 1;
    return MethodHandles.permuteArguments(
        MethodHandles.collectArguments(read, last, value),
        read.type().dropParameterTypes(last, last + 1),
        order);
  }

  /** Reads the presence in front of a run: {@code (BinaryInput, values...) -> T}. */
  private static MethodHandle withPresence(MethodHandle read, FieldRun run) {
    MethodHandle collected = MethodHandles.collectArguments(read, 1, presence(run));
    int[] order = new int[collected.type().parameterCount()];
    for (int i = 2; i < order.length; i++) {
      order[i] = i - 1;
    }
    return MethodHandles.permuteArguments(
        collected, collected.type().dropParameterTypes(1, 2), order);
  }

  /** The constructor from the values that are stored, in stored order; defaults for the others. */
  private MethodHandle inStoredOrder() {
    int[] positions = new int[shape.members().size()];
    Arrays.fill(positions, -1);
    List<Class<?>> types = new ArrayList<>();
    for (StoredField field : stored) {
      if (field.target() >= 0) {
        positions[field.target()] = types.size();
        types.add(shape.members().get(field.target()).declared());
      }
    }
    MethodHandle construct = shape.constructor();
    int[] order = new int[types.size()];
    int kept = 0;
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] < 0) {
        construct =
            MethodHandles.insertArguments(
                construct, kept, defaultOf(shape.members().get(i).declared()));
      } else {
        order[kept++] = positions[i];
      }
    }
    return MethodHandles.permuteArguments(construct, methodType(shape.type(), types), order);
  }

  private static Object defaultOf(Class<?> type) {
    if (type.isPrimitive()) {
      return Array.get(Array.newInstance(type, 1), 0);
    }
    return type == Optional.class ? Optional.empty() : null;
  }

  private static MethodHandle presence(FieldRun run) {
    return run.nullables() == 0
        ? MethodHandles.dropArguments(MethodHandles.constant(int.class, 0), 0, BinaryInput.class)
        : READ_PRESENCE.bindTo(run);
  }

  /** {@code (BinaryInput, int presence) -> V}, or void if the field is gone. */
  private MethodHandle value(FieldRun run, int i) {
    StoredField field = stored.get(i);
    MethodHandle read =
        field.nullable()
            ? READ_FIELD.bindTo(new FieldReader(field.name(), bit(run, i), field.reader()))
            : MethodHandles.dropArguments(Handles.primitiveReader(field.primitive()), 1, int.class);
    if (field.target() < 0) {
      return discard(read);
    }
    Class<?> declared = shape.members().get(field.target()).declared();
    MethodType type = read.type();
    if (!field.nullable()) {
      // a stored int becomes a Long by way of long
      read = read.asType(type.changeReturnType(methodType(declared).unwrap().returnType()));
    }
    return read.asType(type.changeReturnType(declared));
  }

  private int bit(FieldRun run, int i) {
    int later = 0;
    for (int k = i + 1; k < run.to(); k++) {
      later += stored.get(k).nullable() ? 1 : 0;
    }
    return 1 << later;
  }

  private static MethodHandle discard(MethodHandle handle) {
    return handle.asType(handle.type().changeReturnType(void.class));
  }
}
