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

/**
 * Who may use which resource. A new resource has to be entered here, by a human who has thought.
 */
class ResourceRolesTest {
  private static final String TABLE =
      """
      GET   /                                                                     VIEWER
      GET   /applications/overview                                                VIEWER
      GET   /applications/{applicationid}                                         VIEWER
      GET   /config                                                               VIEWER
      GET   /jobmanager/config                                                    VIEWER
      GET   /jobmanager/environment                                               VIEWER
      GET   /jobmanager/metrics                                                   VIEWER
      GET   /jobs                                                                 VIEWER
      GET   /jobs/metrics                                                         VIEWER
      GET   /jobs/overview                                                        VIEWER
      GET   /jobs/{jobid}                                                         VIEWER
      PATCH /jobs/{jobid}                                                         OPERATOR
      GET   /jobs/{jobid}/accumulators                                            VIEWER
      GET   /jobs/{jobid}/checkpoints                                             VIEWER
      POST  /jobs/{jobid}/checkpoints                                             OPERATOR
      GET   /jobs/{jobid}/checkpoints/config                                      VIEWER
      GET   /jobs/{jobid}/checkpoints/details/{checkpointid}                      VIEWER
      GET   /jobs/{jobid}/checkpoints/details/{checkpointid}/subtasks/{vertexid}  VIEWER
      GET   /jobs/{jobid}/checkpoints/{triggerid}                                 VIEWER
      GET   /jobs/{jobid}/config                                                  VIEWER
      GET   /jobs/{jobid}/exceptions                                              VIEWER
      GET   /jobs/{jobid}/execution-result                                        VIEWER
      GET   /jobs/{jobid}/metrics                                                 VIEWER
      GET   /jobs/{jobid}/plan                                                    VIEWER
      POST  /jobs/{jobid}/savepoints                                              OPERATOR
      GET   /jobs/{jobid}/savepoints/{triggerid}                                  VIEWER
      GET   /jobs/{jobid}/status                                                  VIEWER
      POST  /jobs/{jobid}/stop                                                    OPERATOR
      GET   /jobs/{jobid}/vertices/{vertexid}                                     VIEWER
      GET   /jobs/{jobid}/vertices/{vertexid}/accumulators                        VIEWER
      GET   /jobs/{jobid}/vertices/{vertexid}/backpressure                        VIEWER
      GET   /jobs/{jobid}/vertices/{vertexid}/jm-operator-metrics                 VIEWER
      GET   /jobs/{jobid}/vertices/{vertexid}/metrics                             VIEWER
      GET   /jobs/{jobid}/vertices/{vertexid}/subtasks/metrics                    VIEWER
      GET   /jobs/{jobid}/vertices/{vertexid}/subtasks/{subtask}                  VIEWER
      GET   /jobs/{jobid}/vertices/{vertexid}/subtasks/{subtask}/attempts/{attempt} VIEWER
      GET   /jobs/{jobid}/vertices/{vertexid}/subtasks/{subtask}/metrics          VIEWER
      GET   /jobs/{jobid}/vertices/{vertexid}/subtasktimes                        VIEWER
      GET   /jobs/{jobid}/vertices/{vertexid}/taskmanagers                        VIEWER
      GET   /jobs/{jobid}/vertices/{vertexid}/watermarks                          VIEWER
      GET   /overview                                                             VIEWER
      POST  /savepoint-disposal                                                   ADMIN
      GET   /savepoint-disposal/{triggerid}                                       VIEWER
      GET   /taskmanagers                                                         VIEWER
      GET   /taskmanagers/metrics                                                 VIEWER
      GET   /taskmanagers/{taskmanagerid}                                         VIEWER
      GET   /taskmanagers/{taskmanagerid}/metrics                                 VIEWER
      GET   /weir/v1/checkpoints/{jobid}                                          VIEWER
      GET   /weir/v1/checkpoints/{jobid}/{checkpointid}/state                     VIEWER
      GET   /weir/v1/checkpoints/{jobid}/{checkpointid}/state/difference          OPERATOR
      GET   /weir/v1/checkpoints/{jobid}/{checkpointid}/state/entries             OPERATOR
      GET   /weir/v1/checkpoints/{jobid}/{checkpointid}/state/key-groups          VIEWER
      GET   /weir/v1/jobs                                                         VIEWER
      GET   /weir/v1/jobs/{name}                                                  VIEWER
      POST  /weir/v1/jobs/{name}/cancel                                           OPERATOR
      POST  /weir/v1/jobs/{name}/dry-run                                          OPERATOR
      POST  /weir/v1/jobs/{name}/resume                                           OPERATOR
      POST  /weir/v1/jobs/{name}/start                                            OPERATOR
      POST  /weir/v1/jobs/{name}/suspend                                          OPERATOR
      GET   /weir/v1/overview                                                     VIEWER
      GET   /weir/v1/overview/{jobid}                                             VIEWER
      GET   /weir/v1/prometheus                                                   VIEWER
      POST  /weir/v1/taskmanagers/{taskmanagerid}/lose                            ADMIN
      GET   /{file: .+\\.(html|css|js|svg|png|ico)}                                VIEWER
      """;

  @Test
  void everyResourceAsksForTheRoleInTheTable() throws Exception {
    Map<String, Role> expected = new TreeMap<>();
    TABLE
        .lines()
        .forEach(
            line -> {
              int role = line.lastIndexOf(' ');
              expected.put(
                  line.substring(0, role).replaceFirst("^(\\w+)\\s+", "$1 ").strip(),
                  Role.valueOf(line.substring(role + 1)));
            });

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
