package io.weir.snapshot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Walks two schemas side by side and notes every difference; one object per comparison. */
final class SchemaMatcher {
  private final SchemaIndex storedIndex;
  private final SchemaIndex currentIndex;
  private final List<SchemaChange> changes = new ArrayList<>();

  /** Pairs of named types that were begun: a type inside itself is matched once. */
  private final Set<List<String>> matched = new HashSet<>();

  SchemaMatcher(Schema stored, Schema current) {
    storedIndex = new SchemaIndex(stored);
    currentIndex = new SchemaIndex(current);
    match(rootPath(current), stored, current);
    if (changes.isEmpty()) {
      // for example only the kind of a list or the arguments of a type's name
      migrated(rootPath(current), "the description changed, the values do not");
    }
  }

  List<SchemaChange> changes() {
    return changes;
  }

  private static String rootPath(Schema root) {
    return root instanceof Schema.Named named ? named.name() : root.summary();
  }

  private void match(String path, Schema storedOrReference, Schema currentOrReference) {
    Schema stored = storedIndex.resolve(storedOrReference);
    Schema current = currentIndex.resolve(currentOrReference);
    if (stored instanceof Schema.Struct was && current instanceof Schema.Struct is) {
      matchStructs(path, was, is);
    } else if (stored instanceof Schema.Choice was && current instanceof Schema.Choice is) {
      matchChoices(path, was, is);
    } else if (stored instanceof Schema.Sequence was
        && current instanceof Schema.Sequence is
        && was.kind().family() == is.kind().family()) {
      match(path + "[]", was.element(), is.element());
    } else if (stored instanceof Schema.Mapping was && current instanceof Schema.Mapping is) {
      match(path + "[key]", was.key(), is.key());
      match(path + "[value]", was.value(), is.value());
    } else if (stored instanceof Schema.OptionalValue was
        && current instanceof Schema.OptionalValue is) {
      match(path + "[value]", was.value(), is.value());
    } else if (stored instanceof Schema.Enumeration was
        && current instanceof Schema.Enumeration is
        && was.name().equals(is.name())) {
      matchEnumerations(path, was, is);
    } else if (stored instanceof Schema.Scalar was && current instanceof Schema.Scalar is) {
      matchScalars(path, was, is);
    } else if (!stored.equals(current)) {
      refuseType(path, stored, current);
    }
  }

  private void matchStructs(String path, Schema.Struct stored, Schema.Struct current) {
    if (!stored.className().equals(current.className())) {
      refuseType(path, stored, current);
      return;
    }
    if (!matched.add(List.of(stored.name(), current.name()))) {
      return;
    }
    Map<String, Schema.Field> present = byName(current.fields(), Schema.Field::name);
    for (Schema.Field field : stored.fields()) {
      Schema.Field now = present.remove(field.name());
      String fieldPath = path + "." + field.name();
      if (now == null) {
        migrated(fieldPath, "removed; its stored values are dropped");
      } else {
        matchFields(fieldPath, field, now);
      }
    }
    present
        .values()
        .forEach(added -> migrated(path + "." + added.name(), "added; gets its default"));
    List<String> order = current.fields().stream().map(Schema.Field::name).toList();
    if (present.isEmpty()
        && stored.fields().size() == order.size()
        && !stored.fields().stream().map(Schema.Field::name).toList().equals(order)) {
      migrated(path, "the fields have another order");
    }
  }

  private void matchFields(String path, Schema.Field stored, Schema.Field current) {
    if (stored.nullable() && !current.nullable()) {
      refused(
          path,
          "stored values may be null, the primitive " + current.schema().summary() + " cannot");
    } else if (stored.nullable() != current.nullable()) {
      migrated(path, "may be null now");
    }
    match(path, stored.schema(), current.schema());
  }

  private void matchChoices(String path, Schema.Choice stored, Schema.Choice current) {
    if (!stored.className().equals(current.className())) {
      refuseType(path, stored, current);
      return;
    }
    if (!matched.add(List.of(stored.name(), current.name()))) {
      return;
    }
    Map<String, Schema.Alternative> present =
        byName(current.alternatives(), Schema.Alternative::className);
    for (Schema.Alternative alternative : stored.alternatives()) {
      Schema.Alternative now = present.remove(alternative.className());
      if (now == null) {
        refused(path, "stored values may be " + alternative.className() + ", which is gone");
      } else {
        match(path + "(" + now.className() + ")", alternative.schema(), now.schema());
      }
    }
    present.keySet().forEach(added -> migrated(path, "may be " + added + " now"));
  }

  private void matchEnumerations(
      String path, Schema.Enumeration stored, Schema.Enumeration current) {
    List<String> gone = new ArrayList<>(stored.constants());
    gone.removeAll(current.constants());
    if (!gone.isEmpty()) {
      refused(path, "stored values may be " + gone + ", which enum " + current.name() + " lacks");
    } else if (!stored.constants().equals(current.constants())) {
      migrated(path, "enum " + current.name() + " has more constants or another order");
    }
  }

  private void matchScalars(String path, Schema.Scalar stored, Schema.Scalar current) {
    if (stored.kind().widensTo(current.kind())) {
      migrated(path, "widened from " + stored.summary() + " to " + current.summary());
    } else if (current.kind().widensTo(stored.kind())) {
      refused(
          path, "stored as " + stored.summary() + ", which may not fit into " + current.summary());
    } else if (!stored.equals(current)) {
      refuseType(path, stored, current);
    }
  }

  private void refuseType(String path, Schema stored, Schema current) {
    refused(path, "stored as " + stored.summary() + ", declared as " + current.summary());
  }

  private void refused(String path, String what) {
    changes.add(new SchemaChange(path, what, true));
  }

  private void migrated(String path, String what) {
    changes.add(new SchemaChange(path, what, false));
  }

  private static <T> Map<String, T> byName(List<T> things, Function<T, String> name) {
    return things.stream()
        .collect(Collectors.toMap(name, thing -> thing, (a, b) -> a, LinkedHashMap::new));
  }
}
