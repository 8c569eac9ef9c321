package io.weir.server;

import io.weir.server.StorageGuard.Request;
import io.weir.storage.ObjectStorage;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import io.weir.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

/**
 * A storage behind the {@link StorageGuard}. However often it was tried, its users see an answer or
 * one {@link IOException}.
 */
final class GuardedStorage implements ObjectStorage {
  private final ObjectStorage storage;
  private final StorageGuard guard;

  GuardedStorage(ObjectStorage storage, StorageGuard guard) {
    this.storage = storage;
    this.guard = guard;
  }

  @Override
  public URI root() {
    return storage.root();
  }

  @Override
  public boolean isLocal() {
    return storage.isLocal();
  }

  @Override
  public StorageOutput create(RelativePath path) throws IOException {
    String what = "writing " + locationOf(path);
    return new GuardedOutput(this, what, repeat(what, () -> storage.create(path)));
  }

  @Override
  public boolean putIfAbsent(RelativePath path, byte[] content) throws IOException {
    return once("writing " + locationOf(path), () -> storage.putIfAbsent(path, content));
  }

  @Override
  public InputStream open(RelativePath path) throws IOException {
    return repeat("reading " + locationOf(path), () -> storage.open(path));
  }

  @Override
  public InputStream open(RelativePath path, long offset, long length) throws IOException {
    return repeat("reading " + locationOf(path), () -> storage.open(path, offset, length));
  }

  @Override
  public OptionalLong length(RelativePath path) throws IOException {
    return repeat("looking at " + locationOf(path), () -> storage.length(path));
  }

  @Override
  public List<StoredObject> list(RelativePath directory) throws IOException {
    return repeat("listing " + locationOf(directory), () -> storage.list(directory));
  }

  @Override
  public List<String> children(RelativePath directory) throws IOException {
    return repeat("listing " + locationOf(directory), () -> storage.children(directory));
  }

  @Override
  public void delete(Collection<RelativePath> objects) throws IOException {
    repeat(
        "deleting in " + root(),
        () -> {
          storage.delete(objects);
          return null;
        });
  }

  @Override
  public void deleteTree(RelativePath directory) throws IOException {
    repeat(
        "deleting " + locationOf(directory),
        () -> {
          storage.deleteTree(directory);
          return null;
        });
  }

  private <T> T repeat(String what, Request<T> request) throws IOException {
    try {
      return guard.repeat(request);
    } catch (FaultToleranceException e) {
      throw failure(what, e);
    }
  }

  <T> T once(String what, Request<T> request) throws IOException {
    try {
      return guard.once(request);
    } catch (FaultToleranceException e) {
      throw failure(what, e);
    }
  }

  private IOException failure(String what, FaultToleranceException e) {
    String why;
    if (e instanceof CircuitBreakerOpenException) {
      why =
          "was not tried: most of the last requests to storage have failed, and it is left alone"
              + " for a few seconds. The last one: "
              + guard.lastFailure().orElse("it took too long, or was refused by the container.");
    } else if (e instanceof BulkheadException) {
      why = "was not tried: too many requests to storage have no answer yet.";
    } else {
      why = "took too long and was given up.";
    }
    return new IOException(what + " " + why, e);
  }
}
