package io.weir.bench;

import io.weir.job.Dispatcher;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import peers.Main;

/**
 * One run of the benchmark inside the server. It begins when {@code scripts/bench-server} has
 * written into the file {@code run} of the directory {@code weir.bench.dir}, one a line, what
 * {@link Main} has as arguments in a process of its own: the workload, the seconds of the window,
 * and settings. Its result comes into the file {@code result}.
 */
@ApplicationScoped
public class ServerRun {
  private static final long POLL_MILLIS = 100;

  @Resource private ManagedThreadFactory threads;

  /** Asked for when the server has started its jobs, not while the application starts. */
  @Inject private Provider<Dispatcher> dispatcher;

  void begin(@Observes @Initialized(ApplicationScoped.class) Object started) {
    Path directory = Path.of(System.getProperty("weir.bench.dir"));
    Thread thread =
        threads.newThread(
            () -> {
              try {
                run(directory);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("There is no result in " + directory, e);
              }
            });
    thread.setName("bench");
    thread.start();
  }

  private void run(Path directory) throws IOException, InterruptedException {
    Path wanted = directory.resolve("run");
    while (!Files.exists(wanted)) {
      Thread.sleep(POLL_MILLIS);
    }
    List<String> lines = Files.readAllLines(wanted);
    Map<String, Object> result =
        Main.result(
            lines.get(0),
            ServerContestant.NAME,
            () -> new ServerContestant(dispatcher.get()),
            Integer.parseInt(lines.get(1)),
            0,
            lines.subList(2, lines.size()));
    Path written = Files.writeString(directory.resolve("result.part"), Main.json(result));
    Files.move(written, directory.resolve("result"), StandardCopyOption.ATOMIC_MOVE);
  }
}
