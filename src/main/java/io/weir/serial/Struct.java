package io.weir.serial;

import io.weir.snapshot.ScalarKind;
import io.weir.snapshot.Schema;
import io.weir.snapshot.StructKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a struct codec knows beside its compiled code. */
final class Struct {
  private final StructShape shape;

  /** Of the members, in their order. */
  private final List<Codec<Object>> codecs;

  /** Whether the values are immutable: set by {@link #settle}, until which they are copied. */
  private boolean immutable;

  Struct(StructShape shape, List<Codec<Object>> codecs) {
    this.shape = shape;
    this.codecs = codecs;
  }

  /** The name of the type. */
  String name() {
    return shape.name();
  }

  boolean immutable() {
    return immutable;
  }

  /** To be called when all types around this one are built, before the first value. */
  void settle() {
    immutable = isImmutable(new HashSet<>());
  }

  boolean isImmutable(Set<Object> visiting) {
    return !visiting.add(this)
        || (shape.kind() == StructKind.RECORD
            && codecs.stream().allMatch(codec -> codec.isImmutable(visiting)));
  }

  boolean isCopiedWhileChanging() {
    return codecs.stream().allMatch(Codec::isCopiedWhileChanging);
  }

  /** The codec that reads what it writes. */
  Codec<Object> compile() {
    List<StoredField> fields = new ArrayList<>();
    for (int i = 0; i < codecs.size(); i++) {
      Member member = shape.members().get(i);
      ScalarKind primitive = member.nullable() ? null : ((ScalarCodec<?>) codecs.get(i)).kind();
      fields.add(new StoredField(member.name(), primitive, codecs.get(i), i));
    }
    return compile(fields);
  }

  /**
   * The codec that reads values whose schema is compatible.
   *
   * @param present the codec that this belongs to
   */
  Codec<Object> reading(Codec<Object> present, Schema.Struct stored, StoredSchema context) {
    return context.once(
        stored,
        present,
        () -> compile(stored.fields().stream().map(field -> storedField(field, context)).toList()));
  }

  private Codec<Object> compile(List<StoredField> fields) {
    return StructCodecFactory.define(this, new StructCompiler(shape, codecs).compile(fields));
  }

  private StoredField storedField(Schema.Field field, StoredSchema context) {
    int target = shape.indexOf(field.name());
    Schema schema = context.resolve(field.schema());
    if (!field.nullable()) {
      return new StoredField(field.name(), ((Schema.Scalar) schema).kind(), null, target);
    }
    ValueReader<?> reader =
        target < 0
            ? new TreeReader(schema, context.index())
            : codecs.get(target).reading(schema, context);
    return new StoredField(field.name(), null, reader, target);
  }

  Schema describe(Described described) {
    if (!described.add(shape.name())) {
      return new Schema.Reference(shape.name());
    }
    described.formerNames(shape.type());
    List<Schema.Field> fields = new ArrayList<>();
    for (int i = 0; i < codecs.size(); i++) {
      Member member = shape.members().get(i);
      described.formerNames(shape.type(), member.name(), member.formerNames());
      fields.add(
          new Schema.Field(member.name(), member.nullable(), codecs.get(i).describe(described)));
    }
    return new Schema.Struct(shape.name(), shape.kind(), fields);
  }
}
