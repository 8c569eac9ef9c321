package io.weir.api;

import io.weir.api.environment.StreamExecutionEnvironment;

/**
 * A job that a server runs: a CDI bean that is found when the application is deployed, and started,
 * stopped, configured and resumed by its name.
 */
public interface StreamJob {
  /** The name of the job: the same in every run, unique in the server, never empty. */
  String name();

  /**
   * Describes the job. Called before every run, so it must describe the same operators each time;
   * do not call {@code execute()}, the server does the rest.
   *
   * @param env the environment of this run; its settings win over those of the server
   */
  void define(StreamExecutionEnvironment env) throws Exception;
}
