package io.weir.bench;

import io.weir.api.StreamJob;
import io.weir.api.environment.StreamExecutionEnvironment;
import jakarta.enterprise.context.Dependent;
import peers.Ctl;
import peers.Spec;

/** The workload of the run that has begun last in this server, as a job that it starts by name. */
@Dependent
public class WorkloadJob implements StreamJob {
  static final String NAME = "workload";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void define(StreamExecutionEnvironment env) {
    Spec spec = Ctl.spec;
    if (spec == null) {
      throw new IllegalStateException("No run has begun that would say what the workload is.");
    }
    // in here, that is the environment that the server gave
    StreamExecutionEnvironment unused = Program.of(spec);
  }
}
