package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of roles is complete and true. */
class ResourceRolesTest {

  @Test
  void everyResourceAsksForTheRoleInTheTable() throws Exception {
    Map<String, Role> expected = new TreeMap<>();
    ResourceRoles.table().forEach(row -> expected.put(row.toString(), row.role()));

    assertThat(declared())
        .as("who may use a new resource? annotate it with @Requires and enter it in the table")
        .containsExactlyInAnyOrderEntriesOf(expected);
  }

  private static Map<String, Role> declared() throws Exception {
    Map<String, Role> roles = new TreeMap<>();
    for (JavaClass each : new ClassFileImporter().importPackages("io.weir.rest")) {
      if (each.isAnnotatedWith(Path.class)) {
        Class<?> resource = each.reflect();
        for (Method method : resource.getDeclaredMethods()) {
          verb(method)
              .ifPresent(
                  verb ->
                      roles.put(
                          verb + " " + path(resource, method),
                          AccessFilter.required(method, verb.equals("GET"))));
        }
      }
    }
    return roles;
  }

  private static Optional<String> verb(Method method) {
    return Stream.of(method.getAnnotations())
        .map(Annotation::annotationType)
        .map(type -> type.getAnnotation(HttpMethod.class))
        .filter(verb -> verb != null)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String path(Class<?> resource, Method method) {
    Path below = method.getAnnotation(Path.class);
    String path = resource.getAnnotation(Path.class).value();
    return below == null ? path : path.replaceFirst("/$", "") + "/" + below.value();
  }
}
