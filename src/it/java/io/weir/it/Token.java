package io.weir.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Makes tokens as an identity provider would (RS256). */
final class Token {
  static final String ISSUER = "https://issuer.example";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEY_BITS = 2048;

  private final KeyPair keys;
  private final Map<String, Object> claims = new TreeMap<>();

  private Token(KeyPair keys) {
    this.keys = keys;
  }

  static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(KEY_BITS);
    return generator.generateKeyPair();
  }

  /** Where servers look for it. */
  static void writePublicKey(KeyPair keys, Path file) throws IOException {
    String text =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getPublic().getEncoded());
    Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n");
  }

  /** A good one. */
  static Token of(KeyPair keys, String... groups) {
    long now = Instant.now().getEpochSecond();
    return new Token(keys)
        .with("iss", ISSUER)
        .with("sub", "eve")
        .with("upn", "eve@example")
        .with("groups", List.of(groups))
        .with("jti", UUID.randomUUID().toString())
        .with("iat", now - 1_000)
        .with("exp", now + 10_000);
  }

  Token with(String claim, Object value) {
    claims.put(claim, value);
    return this;
  }

  String signed() throws GeneralSecurityException {
    String text = part(Map.of("alg", "RS256", "typ", "JWT")) + "." + part(claims);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + encoded(signature.sign());
  }

  String unsigned() {
    return part(Map.of("alg", "none", "typ", "JWT")) + "." + part(claims) + ".";
  }

  private static String part(Map<String, Object> content) {
    try {
      return encoded(JSON.writeValueAsBytes(content));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
