package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.Configuration;
import io.weir.engine.operator.StateTracking;
import io.weir.engine.operator.StateTracking.Sampling;
import io.weir.job.description.JobSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateTrackingSettingsTest {

  private static StateTracking tracking(Map<String, String> configuration) {
    Map<String, String> all = new HashMap<>(configuration);
    all.put("execution.checkpointing.dir", "file:///checkpoints");
    return JobSettings.of(Configuration.fromMap(all)).tasks(1).stateTracking();
  }

  @Test
  void nothingIsMeasuredUnlessItIsAskedFor() {
    assertThat(tracking(Map.of())).isEqualTo(StateTracking.OFF);
    assertThat(tracking(Map.of()).isOn()).isFalse();
  }

  @Test
  void whatIsMeasuredAndHowMuchOfItIsConfigured() {
    assertThat(tracking(Map.of("state.latency-track.keyed-state-enabled", "true")))
        .isEqualTo(new StateTracking(Optional.of(new Sampling(100, 128)), Optional.empty()));
    assertThat(
            tracking(
                Map.of(
                    "state.size-track.keyed-state-enabled", "true",
                    "state.size-track.sample-interval", "7",
                    "state.size-track.history-size", "9")))
        .isEqualTo(new StateTracking(Optional.empty(), Optional.of(new Sampling(7, 9))));
  }
}
