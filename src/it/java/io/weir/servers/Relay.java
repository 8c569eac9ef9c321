package io.weir.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between clients and a server of this machine, with a connection to the server for each of
 * theirs.
 */
abstract class Relay implements AutoCloseable {
  private static final int BACKLOG = 100;

  private final ServerSocket listening;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * Serves nobody before {@link #begin}.
   *
   * @param target port of the server
   */
  Relay(int target) throws IOException {
    this.listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    this.target = target;
  }

  final void begin() {
    threads.execute(this::accept);
  }

  /** Where it listens. */
  public final int port() {
    return listening.getLocalPort();
  }

  /** Passes on what a client says, until the connection is to break. */
  abstract void passQuestions(Socket client, Socket server) throws IOException;

  /** To pass on meanwhile what the server says to the client. */
  final void meanwhile(Runnable answers) {
    threads.execute(answers);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket()) {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      open.add(server);
      passQuestions(client, server);
    } catch (IOException broken) {
      // both sides are closed
    } finally {
      open.remove(client);
    }
  }

  @Override
  public final void close() throws IOException {
    listening.close();
    for (Socket each : open) {
      each.close();
    }
    threads.shutdownNow();
  }
}
