package io.weir.servers;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between HTTP clients and a server of this machine, and does harm as it is told. */
public final class FaultyRelay extends Relay {

  /** What happens to a request. */
  public enum Fault {
    NONE,
    /** It is answered with 503, and the server never hears of it. */
    THROTTLE,
    /** The connection breaks when half of the request has arrived. */
    CUT_REQUEST,
    /** The server does as it is told, and the connection breaks when it answers. */
    CUT_ANSWER,
    /** The connection breaks in the middle of the answer. */
    CUT_LONG_ANSWER,
    /** It arrives late. */
    DELAY,
    /** Nothing happens any more. */
    HANG
  }

  /** Decides about each request. Called by several threads. */
  @FunctionalInterface
  public interface Faults {
    /**
     * What happens to a request.
     *
     * @param number counted from 0
     * @param head the first line of the request, like {@code GET /bucket/key HTTP/1.1}
     */
    Fault of(int number, String head);
  }

  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: *(\\d+)", Pattern.CASE_INSENSITIVE);
  private static final String SLOW_DOWN =
      "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>";

  private final Duration delay;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Faults faults = (number, head) -> Fault.NONE;

  private FaultyRelay(int target, Duration delay) throws IOException {
    super(target);
    this.delay = delay;
  }

  /**
   * A relay without faults.
   *
   * @param target port of the server
   * @param delay how late a request arrives that is delayed
   */
  public static FaultyRelay to(int target, Duration delay) throws IOException {
    FaultyRelay relay = new FaultyRelay(target, delay);
    relay.begin();
    return relay;
  }

  /** From now on, with requests counted from 0 again. */
  public void setFaults(Faults newFaults) {
    requests.set(0);
    faults = newFaults;
  }

  /** How many requests there were since the faults were set. */
  public int requests() {
    return requests.get();
  }

  /**
   * One request in five does not go well: of those that are alike the first one, and then each
   * fifth. So none is repeated in vain, in whatever order they come.
   */
  public static Faults oneInFive(Fault fault) {
    Map<String, Integer> alike = new ConcurrentHashMap<>();
    return (number, head) -> alike.merge(head, 1, Integer::sum) % 5 == 1 ? fault : Fault.NONE;
  }

  @Override
  void passQuestions(Socket client, Socket server) throws IOException {
    AtomicInteger answerBytes = new AtomicInteger(Integer.MAX_VALUE);
    meanwhile(() -> answer(server, client, answerBytes));
    InputStream in = new BufferedInputStream(client.getInputStream());
    boolean goesOn = true;
    while (goesOn) {
      String head = readHead(in);
      goesOn = !head.isEmpty() && pass(head, in, server, client, answerBytes);
    }
  }

  /** Passes a request on; false if the connection has to break. */
  private boolean pass(
      String head, InputStream in, Socket server, Socket client, AtomicInteger answerBytes)
      throws IOException {
    Matcher length = LENGTH.matcher(head);
    long body = length.find() ? Long.parseLong(length.group(1)) : 0;
    switch (faults.of(requests.getAndIncrement(), head.substring(0, head.indexOf('\r')))) {
      case THROTTLE -> {
        in.skipNBytes(head.toLowerCase(java.util.Locale.ROOT).contains("100-continue") ? 0 : body);
        client.getOutputStream().write(throttled());
        return false;
      }
      case CUT_REQUEST -> {
        // never all of it: the server must not act
        // nor does the client hear what the server says to half of it
        answerBytes.set(0);
        String sent = body == 0 ? head.substring(0, head.length() / 2) : head;
        send(sent, in, body / 2, server.getOutputStream());
        return false;
      }
      case CUT_ANSWER -> answerBytes.set(0);
      case CUT_LONG_ANSWER -> answerBytes.set(100_000);
      case DELAY -> LockSupport.parkNanos(delay.toNanos());
      case HANG -> {
        in.transferTo(OutputStream.nullOutputStream());
        return false;
      }
      case NONE -> {}
    }
    send(head, in, body, server.getOutputStream());
    return true;
  }

  private static byte[] throttled() {
    return ("HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nConnection: close\r\n"
            + "Content-Length: "
            + SLOW_DOWN.length()
            + "\r\n\r\n"
            + SLOW_DOWN)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void send(String head, InputStream in, long bytes, OutputStream out)
      throws IOException {
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    byte[] buffer = new byte[64 << 10];
    for (long left = bytes; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new IOException("the client has gone");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
    out.flush();
  }

  /** Up to and with the empty line; empty at the end. */
  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int newLines = 0;
    while (newLines < 2) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.write(b);
      newLines = b == '\n' ? newLines + 1 : b == '\r' ? newLines : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** Passes what the server says on, but no more bytes than there may be. */
  private static void answer(Socket server, Socket client, AtomicInteger allowed) {
    byte[] buffer = new byte[64 << 10];
    try (server;
        client) {
      InputStream in = server.getInputStream();
      int count = in.read(buffer);
      while (count > 0) {
        int given = Math.min(count, allowed.get());
        client.getOutputStream().write(buffer, 0, given);
        if (given < count) {
          return;
        }
        if (allowed.get() < Integer.MAX_VALUE) {
          allowed.addAndGet(-given);
        }
        count = in.read(buffer);
      }
    } catch (IOException broken) {
      // both sides are closed
    }
  }
}
