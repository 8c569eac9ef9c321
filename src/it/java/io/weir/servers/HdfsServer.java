package io.weir.servers;

import io.weir.config.Configuration;
import io.weir.config.HdfsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An HDFS cluster: a name node and a data node, each in its process; one for all tests of a run.
 */
public final class HdfsServer implements BeforeAllCallback, Store {
  private static final AtomicInteger DIRECTORIES = new AtomicInteger();

  private Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    running = OncePerRun.of(context, Running.class, Running::start);
  }

  static HdfsServer started() {
    HdfsServer server = new HdfsServer();
    server.running = Running.start();
    return server;
  }

  /** The settings by which the cluster is reached, by whom it belongs to. */
  @Override
  public Configuration configuration() {
    return new Configuration().set(HdfsOptions.USER, System.getProperty("user.name"));
  }

  /** The URI of the root directory, without a slash at its end. */
  public String address() {
    return "hdfs://127.0.0.1:" + running.nameNodePort;
  }

  @Override
  public String newDirectory() {
    return address() + "/directory-" + DIRECTORIES.incrementAndGet();
  }

  /** The process of the name node. */
  public ServerProcess nameNode() {
    return running.nameNode;
  }

  /** The process of the data node. */
  public ServerProcess dataNode() {
    return running.dataNode;
  }

  /** Starts a name node that was killed again, with all its files. */
  public void startNameNodeAgain() throws IOException {
    running.startNameNode();
    running.awaitDataNode();
  }

  /** Starts a data node that was killed again, with all its data. */
  public void startDataNodeAgain() throws IOException {
    running.startDataNode();
    running.awaitRegistration();
  }

  @Override
  public void stop() throws IOException {
    running.close();
  }

  @Override
  public void startAgain() throws IOException {
    running.launchNodes();
  }

  @Override
  public void close() throws IOException {
    running.close();
  }

  private static final class Running implements AutoCloseable {
    private static final String NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
    private static final String DATA_NODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /** A node that is just starting may take a question and never answer it. */
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(5);

    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path directory;
    private final int nameNodePort = ServerProcess.freePort();
    private final int nameNodeHttpPort = ServerProcess.freePort();
    private final int dataNodeHttpPort = ServerProcess.freePort();
    private ServerProcess nameNode;
    private ServerProcess dataNode;

    private Running(Path directory) throws IOException {
      this.directory = directory;
    }

    static Running start() {
      try {
        Running running =
            new Running(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "hdfs-"));
        running.configure();
        running.launch(NAME_NODE, "-format", "-nonInteractive").awaitEnd();
        running.launchNodes();
        return running;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void configure() throws IOException {
      String anyPort = "127.0.0.1:0";
      Map<String, String> settings =
          Map.ofEntries(
              Map.entry("fs.defaultFS", "hdfs://127.0.0.1:" + nameNodePort),
              Map.entry("hadoop.tmp.dir", directory.resolve("tmp").toString()),
              Map.entry("dfs.namenode.name.dir", directory.resolve("names").toUri().toString()),
              Map.entry("dfs.datanode.data.dir", directory.resolve("data").toUri().toString()),
              Map.entry("dfs.namenode.http-address", "127.0.0.1:" + nameNodeHttpPort),
              Map.entry("dfs.datanode.address", anyPort),
              Map.entry("dfs.datanode.ipc.address", anyPort),
              Map.entry("dfs.datanode.http.address", "127.0.0.1:" + dataNodeHttpPort),
              Map.entry("dfs.datanode.hostname", "127.0.0.1"),
              Map.entry("dfs.namenode.datanode.registration.ip-hostname-check", "false"),
              Map.entry("dfs.replication", "1"),
              Map.entry("dfs.heartbeat.interval", "1"),
              Map.entry("dfs.namenode.safemode.extension", "0"));
      Files.writeString(
          directory.resolve("site.xml"),
          settings.entrySet().stream()
              .map(
                  each ->
                      "<property><name>%s</name><value>%s</value></property>"
                          .formatted(each.getKey(), each.getValue()))
              .collect(Collectors.joining("\n", "<configuration>\n", "\n</configuration>\n")));
    }

    void launchNodes() throws IOException {
      // the data node waits for the name node
      startDataNode();
      startNameNode();
      awaitDataNode();
    }

    void startNameNode() throws IOException {
      nameNode = launch(NAME_NODE);
      nameNode.awaitPort(nameNodePort);
    }

    void startDataNode() throws IOException {
      dataNode = launch(DATA_NODE);
    }

    private ServerProcess launch(String mainClass, String... arguments) throws IOException {
      List<String> all = new ArrayList<>(List.of("-conf", "site.xml"));
      all.addAll(List.of(arguments));
      return ServerProcess.start(
          "hdfs",
          directory,
          List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"),
          mainClass,
          all.toArray(String[]::new));
    }

    /** Waits until the name node knows the data node and its blocks. */
    void awaitDataNode() throws IOException {
      await(
          nameNodeHttpPort,
          "NameNode,name=FSNamesystemState",
          "\"NumLiveDataNodes\" : 1",
          "\"FSState\" : \"Operational\"");
    }

    /**
     * Waits until the data node knows that the name node knows it. A name node takes one that was
     * killed for alive for minutes, and what is written to it before it has come back fails.
     */
    void awaitRegistration() throws IOException {
      await(dataNodeHttpPort, "DataNode,name=DataNodeInfo", "ActorState", "RUNNING");
    }

    private void await(int httpPort, String bean, String... wanted) throws IOException {
      long deadline = System.nanoTime() + START_LIMIT.toNanos();
      String state = state(httpPort, bean);
      while (!Arrays.stream(wanted).allMatch(state::contains)) {
        if (System.nanoTime() > deadline) {
          throw new IOException("the cluster did not come to life:\n" + state);
        }
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
        state = state(httpPort, bean);
      }
    }

    /** What a node tells of itself; not much as long as it does not answer. */
    private String state(int httpPort, String bean) throws IOException {
      URI address =
          URI.create("http://127.0.0.1:%d/jmx?qry=Hadoop:service=%s".formatted(httpPort, bean));
      try {
        return http.send(
                HttpRequest.newBuilder(address).timeout(ASK_AGAIN_AFTER).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
      } catch (IOException e) {
        return e.toString();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while a data node was to come", e);
      }
    }

    @Override
    public void close() throws IOException {
      dataNode.close();
      nameNode.close();
    }
  }
}
