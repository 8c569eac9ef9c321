package io.weir.server;

import io.weir.rest.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The users of the server, in a file that only its owner can read. A line is {@code
 * <name>=<role>,<hash>}. To add a user or to change a password, write {@code
 * <name>=<role>,plain:<password>}: at the next start the password is replaced by its hash.
 */
final class UserFile {
  static final String USERS = "users";
  static final String FIRST_PASSWORD = "initial-admin-password";
  static final String FIRST_USER = "admin";

  private static final String PLAIN = "plain:";
  private static final int PASSWORD_BYTES = 18;

  /** What is known of one user. */
  record User(Role role, PasswordHash password) {

    @Override
    public String toString() {
      return role.name().toLowerCase(Locale.ROOT) + "," + password;
    }
  }

  private final Path directory;
  private final SecureRandom random;

  UserFile(Path directory, SecureRandom random) {
    this.directory = directory;
    this.random = random;
  }

  Path users() {
    return directory.resolve(USERS);
  }

  Path firstPassword() {
    return directory.resolve(FIRST_PASSWORD);
  }

  /**
   * All users. If there is no file yet, an administrator with a random password is made.
   *
   * @throws IllegalArgumentException if a line cannot be understood
   */
  Map<String, User> load() throws IOException {
    if (!Files.exists(users())) {
      return create();
    }
    Map<String, User> users = new TreeMap<>();
    boolean rewrite = false;
    for (String line : Files.readAllLines(users(), StandardCharsets.UTF_8)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        rewrite |= addAndSayWhetherPlain(line, users);
      }
    }
    if (rewrite) {
      write(users);
    }
    return users;
  }

  private Map<String, User> create() throws IOException {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Files.createDirectories(directory);
    // the password first: users without a password that somebody knows would lock everybody out
    writePrivately(firstPassword(), List.of(password));
    Map<String, User> users =
        Map.of(FIRST_USER, new User(Role.ADMIN, PasswordHash.of(password, random)));
    write(users);
    return users;
  }

  private boolean addAndSayWhetherPlain(String line, Map<String, User> users) {
    int equals = line.indexOf('=');
    int comma = line.indexOf(',', equals);
    try {
      String name = line.substring(0, equals).strip();
      Role role = Role.valueOf(line.substring(equals + 1, comma).strip().toUpperCase(Locale.ROOT));
      String password = line.substring(comma + 1).strip();
      boolean isPlain = password.startsWith(PLAIN);
      users.put(
          name,
          new User(
              role,
              isPlain
                  ? PasswordHash.of(password.substring(PLAIN.length()), random)
                  : PasswordHash.parse(password)));
      return isPlain;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "A line of %s cannot be understood, that of '%s'. Write name=role,plain:password with one of the roles viewer, operator, admin, and start the server again."
              .formatted(users(), line.substring(0, Math.max(0, equals))),
          e);
    }
  }

  private void write(Map<String, User> users) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# name=role,password; roles: viewer, operator, admin; a new password: plain:<it>");
    users.forEach((name, user) -> lines.add(name + "=" + user));
    writePrivately(users(), lines);
  }

  private static void writePrivately(Path file, List<String> lines) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.write(draft, lines, StandardCharsets.UTF_8);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
