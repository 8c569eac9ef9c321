package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

  private static Map<String, Role> declared() {
    Map<String, Role> roles = new TreeMap<>();
    resources()
        .forEach(
            each -> roles.put(each.verb() + " " + path(each.type(), each.method()), each.role()));
    return roles;
  }

  /** Every method of the package that answers requests. */
  static List<OpenApiDocument.Resource> resources() {
    List<OpenApiDocument.Resource> resources = new ArrayList<>();
    for (JavaClass each : new ClassFileImporter().importPackages("io.weir.rest")) {
      if (each.isAnnotatedWith(Path.class)) {
        Class<?> type = each.reflect();
        for (Method method : type.getDeclaredMethods()) {
          verb(method)
              .ifPresent(
                  verb ->
                      resources.add(
                          new OpenApiDocument.Resource(
                              type,
                              method,
                              verb,
                              ResourceRoles.plain(path(type, method)),
                              AccessFilter.required(method, verb.equals("GET")))));
        }
      }
    }
    resources.sort(
        Comparator.comparing(OpenApiDocument.Resource::path)
            .thenComparing(OpenApiDocument.Resource::verb));
    return resources;
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
