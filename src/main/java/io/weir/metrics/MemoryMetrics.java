package io.weir.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;

/** Gauges of the native memory of RocksDB, which no figure of the heap shows. */
@ApplicationScoped
public class MemoryMetrics {
  @Inject private MetricRegistry registry;
  @Inject private ServerState server;

  void register(@Observes @Initialized(ApplicationScoped.class) Object event) {
    gauge(
        "rocksdb.native.bytes",
        "Native memory that all databases have taken from their budget",
        ServerState::nativeMemoryBytes);
    gauge(
        "rocksdb.native.budget",
        "The budget of native memory of all databases",
        ServerState::nativeMemoryBudgetBytes);
  }

  private void gauge(String name, String description, ToLongFunction<ServerState> value) {
    Metadata metadata =
        Metadata.builder()
            .withName(name)
            .withDescription(description)
            .withUnit(MetricUnits.BYTES)
            .build();
    registry.gauge(metadata, server, state -> value.applyAsLong(state));
  }
}
