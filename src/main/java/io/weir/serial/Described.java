package io.weir.serial;

import io.weir.api.types.FormerNames;
import io.weir.snapshot.Renames;
import java.lang.reflect.AnnotatedElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has been described so far of a type: the names in it, and those that they had before. */
final class Described {
  private final Set<String> names = new HashSet<>();
  private final Map<String, List<String>> formerTypes = new HashMap<>();
  private final Map<String, Map<String, List<String>>> formerMembers = new HashMap<>();

  /**
   * Notes that a type is described.
   *
   * @return false if it was before, and is to be referred to
   */
  boolean add(String typeName) {
    return names.add(typeName);
  }

  /** Notes what a class was called before. */
  void formerNames(Class<?> type) {
    List<String> former = formerNamesOf(type);
    if (!former.isEmpty()) {
      formerTypes.put(type.getName(), former);
    }
  }

  /** Notes what a field or constant of a class was called before. */
  void formerNames(Class<?> type, String member, List<String> former) {
    if (!former.isEmpty()) {
      formerMembers
          .computeIfAbsent(type.getName(), none -> new HashMap<>())
          .put(member, List.copyOf(former));
    }
  }

  Renames renames() {
    return new Renames(formerTypes, formerMembers);
  }

  static List<String> formerNamesOf(AnnotatedElement element) {
    FormerNames annotation = element.getAnnotation(FormerNames.class);
    return annotation == null ? List.of() : List.of(annotation.value());
  }
}
