package io.weir.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Stands between clients and a PostgreSQL of this machine, and breaks connections at their commit.
 * Knows the first commit of a connection only: later ones a client need not send as text.
 */
public final class CommitRelay extends Relay {

  /** What happens to a commit. */
  public enum Fault {
    NONE,
    /** It never arrives. */
    CUT_BEFORE,
    /** It is done, and its client never hears of it. */
    CUT_AFTER
  }

  private static final int BUFFER_BYTES = 64 << 10;
  private static final String COMMIT = "COMMIT";

  private final AtomicInteger commits = new AtomicInteger();
  private volatile IntFunction<Fault> faults = number -> Fault.NONE;

  private CommitRelay(int target) throws IOException {
    super(target);
  }

  /** A relay without faults to a port. */
  public static CommitRelay to(int target) throws IOException {
    CommitRelay relay = new CommitRelay(target);
    relay.begin();
    return relay;
  }

  /** Decides about each commit, counted from 0; from now on. */
  public void setFaults(IntFunction<Fault> newFaults) {
    commits.set(0);
    faults = newFaults;
  }

  @Override
  void passQuestions(Socket client, Socket server) throws IOException {
    Answers answers = new Answers(server, client);
    meanwhile(answers);
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream in = client.getInputStream();
    for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
      String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
      Fault fault = text.contains(COMMIT) ? faults.apply(commits.getAndIncrement()) : Fault.NONE;
      if (fault == Fault.CUT_BEFORE) {
        return;
      }
      answers.isLast = fault == Fault.CUT_AFTER;
      server.getOutputStream().write(buffer, 0, count);
    }
  }

  /** What the server says to one client. */
  private static final class Answers implements Runnable {
    private final Socket server;
    private final Socket client;

    /** The next one does not reach the client. Set before its question is passed on. */
    private volatile boolean isLast;

    private Answers(Socket server, Socket client) {
      this.server = server;
      this.client = client;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[BUFFER_BYTES];
      try (server;
          client) {
        InputStream in = server.getInputStream();
        int count = in.read(buffer);
        while (count > 0 && !isLast) {
          client.getOutputStream().write(buffer, 0, count);
          count = in.read(buffer);
        }
      } catch (IOException broken) {
        // both sides are closed
      }
    }
  }
}
