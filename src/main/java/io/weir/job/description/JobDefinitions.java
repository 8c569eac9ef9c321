package io.weir.job.description;

import io.weir.api.StreamJob;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.graph.Transformation;
import io.weir.config.CheckpointingOptions;
import io.weir.config.ConfigCatalog;
import io.weir.config.ConfigFinding;
import io.weir.config.Configuration;
import io.weir.config.IllegalConfigurationException;
import io.weir.plan.JobPlan;
import io.weir.plan.JobPlanner;
import io.weir.snapshot.JobId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that a server knows by name, and what any job's plan and settings are in this server.
 * Safe for use by several threads.
 */
public final class JobDefinitions {
  private static final Logger LOG = LoggerFactory.getLogger(JobDefinitions.class);
  private static final String JOB_PREFIX = "jobs.";

  private final Configuration global;
  private final ConfigCatalog options;
  private final Configuration defaults = new Configuration();
  private final Map<String, StreamJob> definitions = new ConcurrentHashMap<>();

  /**
   * Knows no job yet.
   *
   * @param global settings for all jobs; below {@code jobs.<name>.} those for one
   * @param options all options that there are
   * @param defaultCheckpointDirectory where checkpoints go if the configuration does not say
   */
  public JobDefinitions(
      Configuration global, ConfigCatalog options, String defaultCheckpointDirectory) {
    this.global = global;
    this.options = options;
    defaults.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, defaultCheckpointDirectory);
  }

  /** Makes a job known, so that it can be started by its name. */
  public void add(StreamJob job) {
    StreamJob other = definitions.putIfAbsent(job.name(), job);
    if (other != null) {
      throw new IllegalArgumentException(
          "Two jobs are named '"
              + job.name()
              + "': "
              + other.getClass().getName()
              + " and "
              + job.getClass().getName()
              + ". A job is started, stopped and resumed by its name; give one of them another.");
    }
  }

  /** Those of the jobs that can be started, in order. */
  public List<String> names() {
    return definitions.keySet().stream().sorted().toList();
  }

  /**
   * Describes a job that is started by its name.
   *
   * @param id of its next run
   * @throws IllegalArgumentException if there is no such job
   * @throws Exception if the job is refused; the message says why and what to do
   */
  public JobDescription describe(JobId id, String name, StartRequest request) throws Exception {
    StreamJob definition = definitions.get(name);
    if (definition == null) {
      throw new IllegalArgumentException(
          "There is no job named '" + name + "' in this server; there are " + names() + ".");
    }
    Configuration code = new Configuration();
    List<Transformation<?>> transformations = define(definition, code);
    Configuration effective = effective(name, code);
    request.applyTo(effective);
    return planned(id, name, transformations, effective);
  }

  /**
   * Describes a job that is submitted.
   *
   * @param code the settings that the author made
   */
  public JobDescription describe(
      JobId id, String name, List<Transformation<?>> transformations, Configuration code) {
    return planned(id, name, transformations, effective(name, code));
  }

  /** Where the server and its jobs are configured to have their checkpoints and savepoints. */
  public Set<String> snapshotDirectories() {
    Set<String> directories = new LinkedHashSet<>();
    addDirectories(options.layered(defaults, global), directories);
    for (StreamJob job : definitions.values()) {
      Configuration code = new Configuration();
      try {
        List<Transformation<?>> unused = define(job, code);
      } catch (Exception e) {
        LOG.warn(
            "Job '{}' does not tell where its code lets checkpoints go: {}",
            job.name(),
            e.getMessage());
      }
      addDirectories(options.layered(defaults, global, code, ofJob(job.name())), directories);
    }
    return directories;
  }

  private static void addDirectories(Configuration configuration, Set<String> directories) {
    configuration
        .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
        .ifPresent(directories::add);
    configuration.getOptional(CheckpointingOptions.SAVEPOINT_DIRECTORY).ifPresent(directories::add);
  }

  /**
   * What the author says.
   *
   * @param code is given the settings
   */
  private List<Transformation<?>> define(StreamJob definition, Configuration code)
      throws Exception {
    StreamExecutionEnvironment environment =
        new StreamExecutionEnvironment(
            options.layered(global, ofJob(definition.name())),
            (jobName, all, configuration) -> {
              throw new IllegalStateException(
                  "Job '"
                      + definition.name()
                      + "' calls execute() itself; in a server, define() only describes the job, and the server executes it.");
            });
    environment.callInScope(
        () -> {
          definition.define(environment);
          return null;
        });
    code.addAll(environment.getConfiguration());
    return new ArrayList<>(environment.getTransformations());
  }

  /**
   * The server's settings, over them those that the job makes in code, over them those that the
   * server's configuration has for this job.
   */
  private Configuration effective(String name, Configuration code) {
    Configuration effective = options.layered(defaults, global, code, ofJob(name));
    List<ConfigFinding> findings = options.review(withoutJobs(effective));
    String fatal =
        findings.stream()
            .filter(finding -> finding.kind().isFatal())
            .map(ConfigFinding::message)
            .collect(Collectors.joining("\n"));
    if (!fatal.isEmpty()) {
      throw new IllegalConfigurationException(fatal);
    }
    findings.forEach(finding -> LOG.warn("Job '{}': {}", name, finding.message()));
    return effective;
  }

  private Configuration ofJob(String name) {
    return global.subset(JOB_PREFIX + name + ".");
  }

  private static Configuration withoutJobs(Configuration configuration) {
    Map<String, String> rest = new TreeMap<>(configuration.toMap());
    rest.keySet().removeIf(key -> key.startsWith(JOB_PREFIX));
    return Configuration.fromMap(rest);
  }

  private static JobDescription planned(
      JobId id, String name, List<Transformation<?>> transformations, Configuration effective) {
    JobPlan plan = JobPlanner.plan(name, transformations, effective);
    plan.warnings().forEach(warning -> LOG.warn("Job '{}': {}", name, warning));
    return new JobDescription(id, name, plan, effective);
  }
}
