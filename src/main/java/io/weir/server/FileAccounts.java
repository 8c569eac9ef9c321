package io.weir.server;

import io.weir.config.ConfigOption;
import io.weir.config.ServerOptions;
import io.weir.rest.Accounts;
import io.weir.rest.Role;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users in {@code <weir.data.dir>/security}. Read once, when the application starts. */
@ApplicationScoped
public class FileAccounts implements Accounts {
  private static final Logger LOG = LoggerFactory.getLogger(FileAccounts.class);
  private static final String NOBODY = "none";

  /** Right passwords are remembered, or every request would pay for the slow hash. */
  private static final int REMEMBERED = 1_000;

  @Inject private Config config;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> verified = new ConcurrentHashMap<>();
  private SecretKeySpec key;
  private UserFile file;
  private Map<String, UserFile.User> users;
  private PasswordHash ofNobody;
  private Optional<Role> onLoopback;

  @PostConstruct
  void open() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    key = new SecretKeySpec(bytes, "HmacSHA256");
    ofNobody = PasswordHash.of(Base64.getEncoder().encodeToString(bytes), random);
    onLoopback = role(configured(ServerOptions.LOOPBACK_ROLE));
    Path data = Path.of(configured(ServerOptions.DATA_DIRECTORY));
    file = new UserFile(data.toAbsolutePath().resolve("security"), random);
    try {
      users = file.load();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The users in %s cannot be read or written. Without them nobody would be let in."
              .formatted(file.users()),
          e);
    }
  }

  /** At the start, not with the first request: the log says where the password is. */
  void announce(@Observes @Initialized(ApplicationScoped.class) Object event) {
    if (Files.exists(file.firstPassword())) {
      LOG.info(
          "The password of '{}' is in {}; delete that file when you have noted it",
          UserFile.FIRST_USER,
          file.firstPassword());
    }
  }

  private <T> T configured(ConfigOption<T> option) {
    return config
        .getOptionalValue(option.key(), String.class)
        .map(option::parse)
        .orElse(option.defaultValue());
  }

  private static Optional<Role> role(String name) {
    return name.equals(NOBODY)
        ? Optional.empty()
        : Optional.of(Role.valueOf(name.toUpperCase(Locale.ROOT)));
  }

  @Override
  public Optional<Role> authenticate(String user, String password) {
    UserFile.User known = users.get(user);
    String mark = mark(user, password);
    if (known != null && mark.equals(verified.get(user))) {
      return Optional.of(known.role());
    }
    // as slow for a user who does not exist: the time must not tell
    boolean right = (known == null ? ofNobody : known.password()).matches(password);
    if (known == null || !right) {
      return Optional.empty();
    }
    if (verified.size() < REMEMBERED) {
      verified.put(user, mark);
    }
    return Optional.of(known.role());
  }

  private String mark(String user, String password) {
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      mac.update(user.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + key.getAlgorithm(), e);
    }
  }

  @Override
  public Optional<Role> roleOnLoopback() {
    return onLoopback;
  }

  @Override
  public String hint() {
    return Files.exists(file.firstPassword())
        ? "The first password is in %s on the server.".formatted(file.firstPassword())
        : "Users are in %s on the server.".formatted(file.users());
  }
}
