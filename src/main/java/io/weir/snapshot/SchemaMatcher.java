package io.weir.snapshot;

import static io.weir.snapshot.SchemaChange.NOTHING;

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
  private final RenamedSchema renamed;
  private final SchemaIndex storedIndex;
  private final SchemaIndex currentIndex;
  private final List<SchemaChange> changes = new ArrayList<>();

  /** Pairs of named types that were begun: a type inside itself is matched once. */
  private final Set<List<Object>> matched = new HashSet<>();

  /** Whether what is being matched is a part of something by which values are found. */
  private boolean inKey;

  SchemaMatcher(RenamedSchema stored, Schema current, boolean isKey) {
    renamed = stored;
    storedIndex = new SchemaIndex(stored.schema());
    currentIndex = new SchemaIndex(current);
    inKey = isKey;
    match(rootPath(current), stored.schema(), current);
    if (changes.isEmpty()) {
      // for example only the kind of a list or the arguments of a type's name
      migrated(
          rootPath(current),
          stored.schema().summary(),
          current.summary(),
          "the description changed, the values do not");
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
      boolean outside = inKey;
      inKey = true;
      match(path + "[key]", was.key(), is.key());
      inKey = outside;
      match(path + "[value]", was.value(), is.value());
    } else if (stored instanceof Schema.OptionalValue was
        && current instanceof Schema.OptionalValue is) {
      match(path + "[value]", was.value(), is.value());
    } else if (stored instanceof Schema.Enumeration was
        && current instanceof Schema.Enumeration is) {
      matchEnumerations(path, was, is);
    } else if (stored instanceof Schema.Scalar was && current instanceof Schema.Scalar is) {
      matchScalars(path, was, is);
    } else if (!stored.equals(current)) {
      refuseType(path, stored, current);
    }
  }

  private void matchStructs(String path, Schema.Struct stored, Schema.Struct current) {
    if (!isSameType(path, stored, stored.className(), current, current.className())
        || !matched.add(List.of(stored.name(), current.name(), inKey))) {
      return;
    }
    noteFormerType(path, current.className());
    Map<String, Schema.Field> present = byName(current.fields(), Schema.Field::name);
    for (Schema.Field field : stored.fields()) {
      Schema.Field now = present.remove(field.name());
      String fieldPath = path + "." + field.name();
      if (now != null) {
        noteFormerName(fieldPath, current.className(), field.name());
        matchFields(fieldPath, field, now);
      } else if (inKey) {
        refused(fieldPath, field.schema().summary(), NOTHING, "two keys could become one");
      } else {
        migrated(
            fieldPath, field.schema().summary(), NOTHING, "removed; its stored values are dropped");
      }
    }
    for (Schema.Field added : present.values()) {
      migrated(
          path + "." + added.name(), NOTHING, added.schema().summary(), "added; gets its default");
    }
    List<String> before = stored.fields().stream().map(Schema.Field::name).toList();
    List<String> now = current.fields().stream().map(Schema.Field::name).toList();
    if (present.isEmpty() && before.size() == now.size() && !before.equals(now)) {
      migrated(path, "fields", "fields", "in another order");
    }
  }

  private void matchFields(String path, Schema.Field stored, Schema.Field current) {
    if (stored.nullable() && !current.nullable()) {
      refused(
          path,
          stored.schema().summary() + " or null",
          "primitive " + current.schema().summary(),
          "stored values may be null");
    } else if (stored.nullable() != current.nullable()) {
      migrated(
          path,
          "primitive " + stored.schema().summary(),
          current.schema().summary() + " or null",
          "may be null now");
    }
    match(path, stored.schema(), current.schema());
  }

  private void matchChoices(String path, Schema.Choice stored, Schema.Choice current) {
    if (!isSameType(path, stored, stored.className(), current, current.className())
        || !matched.add(List.of(stored.name(), current.name(), inKey))) {
      return;
    }
    noteFormerType(path, current.className());
    Map<String, Schema.Alternative> present =
        byName(current.alternatives(), Schema.Alternative::className);
    for (Schema.Alternative alternative : stored.alternatives()) {
      Schema.Alternative now = present.remove(alternative.className());
      if (now == null) {
        refused(path, alternative.className(), NOTHING, "stored values may be of this class");
      } else {
        match(path + "(" + now.className() + ")", alternative.schema(), now.schema());
      }
    }
    present.keySet().forEach(added -> migrated(path, NOTHING, added, "one more class"));
  }

  private void matchEnumerations(
      String path, Schema.Enumeration stored, Schema.Enumeration current) {
    if (!isSameType(path, stored, stored.name(), current, current.name())) {
      return;
    }
    noteFormerType(path, current.name());
    stored.constants().forEach(name -> noteFormerName(path + "." + name, current.name(), name));
    List<String> gone = new ArrayList<>(stored.constants());
    gone.removeAll(current.constants());
    if (!gone.isEmpty()) {
      refused(
          path,
          stored.constants().toString(),
          current.constants().toString(),
          "stored values may be " + gone + ", which the enum lacks");
    } else if (!stored.constants().equals(current.constants())) {
      migrated(
          path,
          stored.constants().toString(),
          current.constants().toString(),
          "the enum has more constants or another order");
    }
  }

  private void matchScalars(String path, Schema.Scalar stored, Schema.Scalar current) {
    if (stored.kind().widensTo(current.kind())) {
      migrated(path, stored.summary(), current.summary(), "widened");
    } else if (current.kind().widensTo(stored.kind())) {
      refused(path, stored.summary(), current.summary(), "may not fit");
    } else if (!stored.equals(current)) {
      refuseType(path, stored, current);
    }
  }

  /** Whether two named types are one. */
  private boolean isSameType(
      String path, Schema stored, String storedClass, Schema current, String currentClass) {
    if (!storedClass.equals(currentClass)) {
      refused(
          path,
          stored.summary(),
          current.summary(),
          "another type; if it was renamed, annotate it with @FormerNames(\""
              + storedClass
              + "\")");
      return false;
    }
    return true;
  }

  private void noteFormerType(String path, String className) {
    String former = renamed.types().get(className);
    if (former != null) {
      migrated(path, former, className, "renamed");
    }
  }

  private void noteFormerName(String path, String className, String name) {
    String former = renamed.formerMember(className, name);
    if (former != null) {
      migrated(path, former, name, "renamed");
    }
  }

  private void refuseType(String path, Schema stored, Schema current) {
    refused(path, stored.summary(), current.summary(), "another type");
  }

  private void refused(String path, String stored, String declared, String what) {
    changes.add(new SchemaChange(path, stored, declared, what, true));
  }

  private void migrated(String path, String stored, String declared, String what) {
    SchemaChange change = new SchemaChange(path, stored, declared, what, false);
    if (!changes.contains(change)) {
      changes.add(change);
    }
  }

  private static <T> Map<String, T> byName(List<T> parts, Function<T, String> name) {
    return parts.stream()
        .collect(Collectors.toMap(name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
  }
}
