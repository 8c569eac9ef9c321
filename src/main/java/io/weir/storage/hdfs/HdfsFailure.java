package io.weir.storage.hdfs;

import io.weir.config.HdfsOptions;
import io.weir.storage.UnusableStorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.hdfs.server.namenode.SafeModeException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.KerberosAuthException;

/** What a failure of the Hadoop client means to those who use a storage. */
final class HdfsFailure {
  private HdfsFailure() {}

  /**
   * The failure as storages report it.
   *
   * @param action what was tried, like {@code reading}
   */
  static IOException of(String action, String location, Exception failure) {
    if (failure instanceof FileSystemException || failure instanceof UnusableStorageException) {
      return (IOException) failure;
    }
    Exception cause = unwrapped(failure);
    String reason = reasonOf(cause);
    IOException reported = ofKind(location, cause, reason);
    if (reported == null) {
      String late = cause instanceof SocketTimeoutException ? "no answer in time: " : "";
      reported = new IOException(action + " " + location + " failed: " + late + reason);
    }
    reported.initCause(cause);
    return reported;
  }

  /** What the name node has thrown, if it has. */
  private static Exception unwrapped(Exception failure) {
    return failure instanceof RemoteException remote
        ? remote.unwrapRemoteException(
            AccessControlException.class,
            FileAlreadyExistsException.class,
            FileNotFoundException.class,
            ParentNotDirectoryException.class,
            PathIsNotEmptyDirectoryException.class,
            SafeModeException.class)
        : failure;
  }

  /** Without what the name node adds below the first line, its own stack. */
  private static String reasonOf(Exception cause) {
    return String.valueOf(cause.getMessage()).split("\n", 2)[0].strip();
  }

  /** Null if it is none of the kinds that callers, or users, can do something about. */
  private static IOException ofKind(String location, Exception cause, String reason) {
    if (cause instanceof KerberosAuthException || reason.contains("KERBEROS")) {
      return new UnusableStorageException(
          "The cluster of "
              + location
              + " wants Kerberos, and does not know us: "
              + reason
              + " Set "
              + HdfsOptions.KERBEROS_PRINCIPAL
              + ", "
              + HdfsOptions.KERBEROS_KEYTAB
              + " and "
              + HdfsOptions.CONFIGURATION_DIRECTORY
              + ", or log in with kinit.");
    }
    if (cause instanceof FileNotFoundException) {
      return new NoSuchFileException(location, null, "there is no such file: " + reason);
    }
    if (isBelowAFile(cause)) {
      return new FileSystemException(location, null, "not a directory: " + reason);
    }
    if (cause instanceof AccessControlException) {
      return new AccessDeniedException(location, null, reason);
    }
    if (cause instanceof SafeModeException) {
      return new IOException(
          location
              + " cannot be changed: the name node is in safe mode. It leaves it when the data nodes"
              + " have come, or with: hdfs dfsadmin -safemode leave");
    }
    if (cause instanceof UnknownHostException || cause.getCause() instanceof UnknownHostException) {
      return new UnusableStorageException(
          "The host in "
              + location
              + " is not known: "
              + reason
              + ". Correct it; if it is a nameservice, set "
              + HdfsOptions.CONFIGURATION_DIRECTORY
              + ".");
    }
    return null;
  }

  /** Whether nothing has this name, or what should be its directory is a file. */
  static boolean isAbsence(IOException failure) {
    return failure instanceof NoSuchFileException || isBelowAFile(failure.getCause());
  }

  /** A name node says it in this or that way. */
  private static boolean isBelowAFile(Throwable cause) {
    return cause instanceof ParentNotDirectoryException
        || (cause instanceof AccessControlException
            && String.valueOf(cause.getMessage()).contains("(is not a directory)"));
  }
}
