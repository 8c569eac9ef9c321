package io.weir.connector.file;

import io.weir.api.connector.Committer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Gives complete files their visible names. Doing so again has no effect. */
final class FileCommitter implements Committer<FileCommittable> {

  /** Whether what is committed may have been committed before the restart. */
  private boolean mayBeCommitted;

  FileCommitter(boolean restored) {
    this.mayBeCommitted = restored;
  }

  @Override
  public void commit(Collection<CommitRequest<FileCommittable>> requests) throws IOException {
    Set<Path> directories = new LinkedHashSet<>();
    for (CommitRequest<FileCommittable> request : requests) {
      commit(request);
      directories.add(request.getCommittable().directoryPath());
    }
    for (Path directory : directories) {
      OutputDirectory.force(directory);
    }
    mayBeCommitted = false;
  }

  private void commit(CommitRequest<FileCommittable> request) throws IOException {
    FileCommittable committable = request.getCommittable();
    try {
      checkLength(committable);
      rename(committable);
    } catch (NoSuchFileException e) {
      if (!isCommitted(committable)) {
        throw new IOException(
            "%s is to be committed but has disappeared. Put it back, or restore an older checkpoint or savepoint; nothing but Weir may remove files that begin with a dot."
                .formatted(committable.pendingFile()),
            e);
      }
      request.signalAlreadyCommitted();
    }
  }

  private static void checkLength(FileCommittable committable) throws IOException {
    long length = Files.size(committable.pendingFile());
    if (length != committable.lengthBytes()) {
      throw new IOException(
          "%s is damaged: it has %d bytes, but %d were written. Bring its content back, or restore an older checkpoint or savepoint."
              .formatted(committable.pendingFile(), length, committable.lengthBytes()));
    }
  }

  private static void rename(FileCommittable committable) throws IOException {
    try {
      Files.move(
          committable.pendingFile(), committable.committedFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be renamed to %s: %s. Allow the user %s to write to the directory; the file is committed after the restart."
              .formatted(
                  committable.pendingFile(),
                  committable.name(),
                  e,
                  System.getProperty("user.name")),
          e);
    }
  }

  /** After a restart, a consumer may already have taken the file away. */
  private boolean isCommitted(FileCommittable committable) {
    return mayBeCommitted || Files.exists(committable.committedFile());
  }

  @Override
  public void close() {}
}
