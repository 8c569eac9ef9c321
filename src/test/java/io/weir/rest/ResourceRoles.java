package io.weir.rest;

import java.util.List;

/**
 * Who may use which resource. A new resource has to be entered here, by a human who has thought.
 */
public final class ResourceRoles {
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
      POST  /weir/v1/catalog/rebuild                                              ADMIN
      GET   /weir/v1/checkpoints/{jobid}                                          VIEWER
      PUT   /weir/v1/checkpoints/{jobid}/{checkpointid}/label                     OPERATOR
      DELETE /weir/v1/checkpoints/{jobid}/{checkpointid}/label                    OPERATOR
      PUT   /weir/v1/checkpoints/{jobid}/{checkpointid}/pin                       OPERATOR
      DELETE /weir/v1/checkpoints/{jobid}/{checkpointid}/pin                      OPERATOR
      GET   /weir/v1/checkpoints/{jobid}/{checkpointid}/sizes                     VIEWER
      GET   /weir/v1/checkpoints/{jobid}/{checkpointid}/state                     VIEWER
      GET   /weir/v1/checkpoints/{jobid}/{checkpointid}/state/difference          OPERATOR
      GET   /weir/v1/checkpoints/{jobid}/{checkpointid}/state/entries             OPERATOR
      GET   /weir/v1/checkpoints/{jobid}/{checkpointid}/state/key-groups          VIEWER
      GET   /weir/v1/checkpoints/{jobid}/{checkpointid}/verification              VIEWER
      POST  /weir/v1/checkpoints/{jobid}/{checkpointid}/verification              OPERATOR
      GET   /weir/v1/configuration                                                VIEWER
      GET   /weir/v1/jobs                                                         VIEWER
      GET   /weir/v1/jobs/{name}                                                  VIEWER
      GET   /weir/v1/jobs/{name}/advice                                           VIEWER
      POST  /weir/v1/jobs/{name}/cancel                                           OPERATOR
      POST  /weir/v1/jobs/{name}/dry-run                                          OPERATOR
      GET   /weir/v1/jobs/{name}/restore-points                                   VIEWER
      POST  /weir/v1/jobs/{name}/resume                                           OPERATOR
      POST  /weir/v1/jobs/{name}/savepoints                                       OPERATOR
      POST  /weir/v1/jobs/{name}/start                                            OPERATOR
      POST  /weir/v1/jobs/{name}/suspend                                          OPERATOR
      GET   /weir/v1/orphans                                                      VIEWER
      DELETE /weir/v1/orphans                                                     ADMIN
      GET   /weir/v1/orphans/{triggerid}                                          VIEWER
      GET   /weir/v1/overview                                                     VIEWER
      GET   /weir/v1/overview/{jobid}                                             VIEWER
      GET   /weir/v1/prometheus                                                   VIEWER
      POST  /weir/v1/taskmanagers/{taskmanagerid}/lose                            ADMIN
      GET   /{file: .+\\.(html|css|js|svg|png|ico)}                                VIEWER
      """;

  private ResourceRoles() {}

  /**
   * A line of the table.
   *
   * @param path with parameters in braces
   * @param role the least that is asked for
   */
  public record Row(String method, String path, Role role) {

    /** A path that this resource answers; what it names is not there. */
    public String examplePath() {
      return path.replaceAll("\\{file:.*}", "index.html").replaceAll("\\{\\w+}", "0".repeat(32));
    }

    /** The path as an OpenAPI document has it. */
    public String plainPath() {
      return plain(path);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** A path whose parameters stand without their patterns. */
  static String plain(String path) {
    return path.replaceAll("\\{(\\w+):.*}", "{$1}");
  }

  public static List<Row> table() {
    return TABLE
        .lines()
        .map(line -> line.split("\\s+(?=[^ ]+$)|(?<=^\\w{1,9})\\s+", 3))
        .map(parts -> new Row(parts[0], parts[1], Role.valueOf(parts[2])))
        .toList();
  }
}
