package io.weir.sim;

import io.weir.config.Configuration;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.StateBackendFactory;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Real databases, whose files are on a real disk, in a simulated server. */
final class SimulatedRocksDB implements SimulatedBackends, AutoCloseable {
  private final Path directory;
  private final Configuration configuration;
  private final List<KeyedStateBackend<?>> open = new ArrayList<>();
  private RocksDBStateBackendFactory factory;
  private int made;

  SimulatedRocksDB(Path directory, Map<String, String> options) {
    this.directory = directory;
    this.configuration = Configuration.fromMap(options);
    configuration.setString("state.backend.type", "rocksdb");
    configuration.setString("state.backend.rocksdb.memory.fixed-per-tm", "32 mb");
  }

  @Override
  public Configuration configuration() {
    return configuration;
  }

  /** How many backends there were. */
  int made() {
    return made;
  }

  @Override
  public StateBackendFactory startProcess() {
    factory = new RocksDBStateBackendFactory(directory, Runnable::run, configuration);
    return new Watched(factory.configured(configuration));
  }

  /** The end of a process frees what is native. */
  @Override
  public void crash() {
    open.forEach(KeyedStateBackend::close);
    open.clear();
    factory.close();
  }

  /** Files go into a snapshot as they are. */
  @Override
  public boolean cleanSnapshots() {
    return false;
  }

  @Override
  public void close() {
    crash();
  }

  private final class Watched implements StateBackendFactory {
    private final StateBackendFactory backends;

    Watched(StateBackendFactory backends) {
      this.backends = backends;
    }

    @Override
    public String name() {
      return backends.name();
    }

    @Override
    public StateBackendFactory configured(Configuration job) {
      return this;
    }

    @Override
    public <K> KeyedStateBackend<K> create(KeyedBackendParameters<K> parameters)
        throws IOException {
      KeyedStateBackend<K> backend = backends.create(parameters);
      open.add(backend);
      made++;
      return backend;
    }
  }
}
