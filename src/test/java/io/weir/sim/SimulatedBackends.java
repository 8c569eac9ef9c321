package io.weir.sim;

import io.weir.config.Configuration;
import io.weir.state.StateBackendFactory;
import io.weir.state.heap.HeapStateBackendFactory;

/** The state backends of a simulated server, one process after the other. */
interface SimulatedBackends {
  /** Those on the heap. */
  SimulatedBackends HEAP =
      new SimulatedBackends() {
        @Override
        public Configuration configuration() {
          return new Configuration();
        }

        @Override
        public StateBackendFactory startProcess() {
          return new HeapStateBackendFactory();
        }

        @Override
        public void crash() {}

        @Override
        public boolean cleanSnapshots() {
          return true;
        }
      };

  /** Of the server. */
  Configuration configuration();

  /** A process begins. */
  StateBackendFactory startProcess();

  /** The present process has come to its end, and has closed nothing. */
  void crash();

  /** Whether snapshots of every kind leave out what has expired, if a state asks for that. */
  boolean cleanSnapshots();
}
