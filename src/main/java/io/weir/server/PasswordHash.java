package io.weir.server;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept instead of a password: {@code pbkdf2-sha256:<iterations>:<salt>:<hash>}, salt and
 * hash in base 64.
 */
final class PasswordHash {
  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final String NAME = "pbkdf2-sha256";
  private static final int ITERATIONS = 210_000;
  private static final int BYTES = 32;

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  static PasswordHash of(String password, SecureRandom random) {
    byte[] salt = new byte[BYTES / 2];
    random.nextBytes(salt);
    return new PasswordHash(ITERATIONS, salt, derive(password, salt, ITERATIONS));
  }

  /**
   * Reads what {@link #toString} has written.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static PasswordHash parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 4 || !parts[0].equals(NAME)) {
      throw new IllegalArgumentException("not of the form " + NAME + ":iterations:salt:hash");
    }
    return new PasswordHash(
        Integer.parseInt(parts[1]),
        Base64.getDecoder().decode(parts[2]),
        Base64.getDecoder().decode(parts[3]));
  }

  boolean matches(String password) {
    // INVARIANT: takes as long for a wrong password as for the right one
    return MessageDigest.isEqual(hash, derive(password, salt, iterations));
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    try {
      return SecretKeyFactory.getInstance(ALGORITHM)
          .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, BYTES * 8))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    Base64.Encoder base64 = Base64.getEncoder();
    return NAME
        + ":"
        + iterations
        + ":"
        + base64.encodeToString(salt)
        + ":"
        + base64.encodeToString(hash);
  }
}
