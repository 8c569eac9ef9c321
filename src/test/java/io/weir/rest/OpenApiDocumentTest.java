package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {
  private static final Path DOCUMENT = Path.of("src/main/resources/META-INF/openapi.json");

  @Test
  void theDocumentSaysWhatTheResourcesDo() throws IOException {
    String rendered = OpenApiDocument.render(ResourceRolesTest.resources());
    if (Boolean.getBoolean("weir.regenerate")) {
      Files.writeString(DOCUMENT, rendered);
    }
    assertThat(Files.readString(DOCUMENT))
        .as(
            "%s is generated. Run: mvn test -Dtest=OpenApiDocumentTest -Dweir.regenerate=true",
            DOCUMENT)
        .isEqualTo(rendered);
  }

  @Test
  void everyResourceIsDescribedWithItsRole() throws IOException {
    JsonNode paths = new ObjectMapper().readTree(DOCUMENT.toFile()).get("paths");
    for (ResourceRoles.Row row : ResourceRoles.table()) {
      JsonNode operation = paths.path(row.plainPath()).path(row.method().toLowerCase(Locale.ROOT));
      assertThat(operation.path("summary").asText()).as("%s", row).hasSizeGreaterThan(10);
      assertThat(operation.path("x-weir-role").asText())
          .as("%s", row)
          .isEqualToIgnoringCase(row.role().name());
      assertThat(operation.path("responses").has("401")).as("%s", row).isTrue();
    }
  }

  @Test
  void everyAnswerOfFlinksHasItsFields() throws IOException {
    JsonNode paths = new ObjectMapper().readTree(DOCUMENT.toFile()).get("paths");
    for (ResourceRoles.Row row : ResourceRoles.table()) {
      if (!row.path().startsWith("/weir/") && !row.path().matches("/|/\\{file.*")) {
        JsonNode responses =
            paths
                .path(row.plainPath())
                .path(row.method().toLowerCase(Locale.ROOT))
                .path("responses");
        JsonNode answer = responses.has("200") ? responses.get("200") : responses.path("202");
        assertThat(
                answer
                    .path("content")
                    .path("application/json")
                    .path("schema")
                    .path("type")
                    .asText())
            .as("%s", row)
            .isIn("object", "array");
      }
    }
  }
}
