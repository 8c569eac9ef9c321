package io.weir.serial;

import static java.lang.invoke.MethodType.methodType;

import io.weir.snapshot.StructKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/** Combines the accessors of a struct type and the codecs of its members into three handles. */
final class StructCompiler {
  private static final MethodHandle WRITE_FIELD =
      Handles.method(FieldWriter.class, "write", void.class, Object.class, BinaryOutput.class);
  private static final MethodHandle COPY_FIELD =
      Handles.method(FieldWriter.class, "copy", Object.class, Object.class);
  private static final MethodHandle WRITE_BYTE =
      Handles.method(BinaryOutput.class, "writeByte", void.class, int.class);
  private static final MethodHandle ADD_BIT = addBit();

  private final StructShape shape;
  private final List<Codec<Object>> codecs;

  /**
   * @param codecs of the members, in their order
   */
  StructCompiler(StructShape shape, List<Codec<Object>> codecs) {
    this.shape = shape;
    this.codecs = codecs;
  }

  /**
   * @param stored the fields in the bytes that are read
   */
  StructCode compile(List<StoredField> stored) {
    return new StructCode(
        shape.type(),
        writer().asType(methodType(void.class, Object.class, BinaryOutput.class)),
        new StructReader(shape, stored)
            .compile()
            .asType(methodType(Object.class, BinaryInput.class)),
        copier().asType(methodType(Object.class, Object.class)));
  }

  /** {@code (T, BinaryOutput) -> void} */
  private MethodHandle writer() {
    List<MethodHandle> steps = new ArrayList<>();
    for (FieldRun run : FieldRun.of(shape.members().stream().map(Member::nullable).toList())) {
      if (run.nullables() > 0) {
        steps.add(presenceWriter(run));
      }
      for (int i = run.from(); i < run.to(); i++) {
        steps.add(fieldWriter(shape.members().get(i), codecs.get(i)));
      }
    }
    if (steps.isEmpty()) {
      MethodHandle zero = MethodHandles.insertArguments(WRITE_BYTE, 1, 0);
      steps.add(MethodHandles.dropArguments(zero, 0, shape.type()));
    }
    return Handles.sequence(steps);
  }

  private MethodHandle fieldWriter(Member member, Codec<Object> codec) {
    MethodHandle writer;
    if (member.nullable()) {
      writer =
          WRITE_FIELD
              .bindTo(new FieldWriter(member.name(), codec))
              .asType(methodType(void.class, member.declared(), BinaryOutput.class));
    } else {
      MethodHandle outFirst = Handles.primitiveWriter(member.declared());
      writer =
          MethodHandles.permuteArguments(
              outFirst, methodType(void.class, member.declared(), BinaryOutput.class), 1, 0);
    }
    return MethodHandles.filterArguments(writer, 0, getter(member));
  }

  private MethodHandle presenceWriter(FieldRun run) {
    MethodHandle presence =
        MethodHandles.dropArguments(MethodHandles.constant(int.class, 0), 0, shape.type());
    for (Member member : shape.members().subList(run.from(), run.to())) {
      if (member.nullable()) {
        MethodHandle get = getter(member).asType(methodType(Object.class, shape.type()));
        presence =
            Handles.spread(MethodHandles.filterArguments(ADD_BIT, 0, presence, get), shape.type());
      }
    }
    MethodHandle valueFirst =
        MethodHandles.permuteArguments(
            WRITE_BYTE, methodType(void.class, int.class, BinaryOutput.class), 1, 0);
    return MethodHandles.filterArguments(valueFirst, 0, presence);
  }

  private MethodHandle getter(Member member) {
    return member.getter().asType(methodType(member.declared(), shape.type()));
  }

  private static MethodHandle addBit() {
    try {
      return MethodHandles.lookup()
          .findStatic(
              StructCompiler.class, "addBit", methodType(int.class, int.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("UnusedMethod") // by handle
  private static int addBit(int presence, Object value) {
    return (presence << 1) | (value == null ? 0 : 1);
  }

  /** {@code T -> T} */
  private MethodHandle copier() {
    List<MethodHandle> copies = new ArrayList<>();
    for (int i = 0; i < codecs.size(); i++) {
      copies.add(fieldCopier(shape.members().get(i), codecs.get(i)));
    }
    if (shape.kind() == StructKind.RECORD) {
      MethodHandle construct =
          MethodHandles.filterArguments(
              shape.constructor(), 0, copies.toArray(MethodHandle[]::new));
      return copies.isEmpty()
          ? MethodHandles.dropArguments(construct, 0, shape.type())
          : Handles.spread(construct, shape.type());
    }
    if (copies.isEmpty()) {
      return MethodHandles.dropArguments(shape.constructor(), 0, shape.type());
    }
    List<MethodHandle> steps = new ArrayList<>();
    for (int i = 0; i < copies.size(); i++) {
      Member member = shape.members().get(i);
      MethodHandle setter =
          member.setter().asType(methodType(void.class, shape.type(), member.declared()));
      steps.add(MethodHandles.filterArguments(setter, 1, copies.get(i)));
    }
    MethodHandle fill = Handles.sequence(steps);
    MethodHandle filled =
        MethodHandles.foldArguments(
            MethodHandles.dropArguments(MethodHandles.identity(shape.type()), 1, shape.type()),
            fill);
    return MethodHandles.collectArguments(filled, 0, shape.constructor());
  }

  /** {@code T -> V}: the member of a copy. */
  private MethodHandle fieldCopier(Member member, Codec<Object> codec) {
    if (!member.nullable()) {
      return getter(member);
    }
    MethodHandle copy =
        COPY_FIELD
            .bindTo(new FieldWriter(member.name(), codec))
            .asType(methodType(member.declared(), member.declared()));
    return MethodHandles.filterReturnValue(getter(member), copy);
  }
}
