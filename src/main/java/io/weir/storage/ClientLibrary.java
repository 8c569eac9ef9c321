package io.weir.storage;

import java.util.List;

/**
 * A library that a storage needs and that does not come with Weir.
 *
 * @param scheme of the storage's URIs
 * @param classes one of each of its jars
 * @param artifacts its Maven coordinates
 */
public record ClientLibrary(String scheme, List<String> classes, List<String> artifacts) {

  /**
   * Makes sure that the library is there.
   *
   * @throws UnusableStorageException if it is not; the message says what is missing and where to
   *     put it
   */
  public void require() throws UnusableStorageException {
    for (String each : classes) {
      try {
        Class.forName(each, false, ClientLibrary.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new UnusableStorageException(
            "The library for "
                + scheme
                + ":// is not installed: there is no class "
                + each
                + ". In a server, put "
                + String.join(" and ", artifacts)
                + " with what they depend on into the folder lib/storage beside its server.xml, and"
                + " start it again. In a program of your own, add them to its dependencies.",
            e);
      }
    }
  }
}
