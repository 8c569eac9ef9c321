package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
  private static final ConfigCatalog CATALOG = ConfigCatalog.weir().plus(ServerOptions.group());
  private static final Path PAGE = Path.of("src/site/markdown/configuration.md");

  @Test
  void thePageShowsWhatTheCodeDoes() throws IOException {
    String rendered = ReferencePage.render(CATALOG);
    if (Boolean.getBoolean("weir.regenerate")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, rendered);
    }
    assertThat(Files.readString(PAGE))
        .as("%s is generated. Run: mvn test -Dtest=ReferencePageTest -Dweir.regenerate=true", PAGE)
        .isEqualTo(rendered);
  }

  @Test
  void thePageNamesEveryKeyAndEveryOlderKey() {
    String rendered = ReferencePage.render(CATALOG);
    assertThat(CATALOG.options())
        .allSatisfy(
            option -> {
              assertThat(rendered).contains("`" + option.key() + "`");
              option.fallbackKeys().forEach(key -> assertThat(rendered).contains("`" + key + "`"));
            });
  }
}
