package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
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
  void everyAnswerHasItsFields() throws IOException {
    JsonNode document = new ObjectMapper().readTree(DOCUMENT.toFile());
    for (ResourceRoles.Row row : ResourceRoles.table()) {
      if (row.path().matches("/|/\\{file.*")) {
        continue;
      }
      JsonNode responses = operation(document, row).path("responses");
      JsonNode answer = responses.has("200") ? responses.get("200") : responses.path("202");
      if (row.path().equals("/weir/v1/prometheus")) {
        assertThat(answer.at("/content/text~1plain/schema/type").asText()).isEqualTo("string");
      } else {
        hasFields(row, document, answer);
      }
    }
  }

  @Test
  void everyBodyOfWeirsRequestsHasItsFields() throws IOException {
    JsonNode document = new ObjectMapper().readTree(DOCUMENT.toFile());
    for (ResourceRoles.Row row : ResourceRoles.table()) {
      JsonNode body = operation(document, row).path("requestBody");
      if (row.path().startsWith("/weir/") && !body.isMissingNode()) {
        hasFields(row, document, body);
      }
    }
  }

  private static JsonNode operation(JsonNode document, ResourceRoles.Row row) {
    return document.get("paths").path(row.plainPath()).path(row.method().toLowerCase(Locale.ROOT));
  }

  private static void hasFields(ResourceRoles.Row row, JsonNode document, JsonNode withContent) {
    JsonNode schema = withContent.at("/content/application~1json/schema");
    if (schema.has("$ref")) {
      schema = document.at(schema.get("$ref").asText().substring(1));
    }
    assertThat(schema.path("type").asText()).as("%s", row).isIn("object", "array");
    if (row.path().startsWith("/weir/")) {
      assertThat(schema.path("properties")).as("%s", row).isNotEmpty();
    }
  }

  @Test
  void everyTypeThatIsReferredToIsThere() throws IOException {
    JsonNode document = new ObjectMapper().readTree(DOCUMENT.toFile());
    for (String reference : document.findValuesAsText("$ref")) {
      assertThat(document.at(reference.substring(1)).isObject()).as(reference).isTrue();
    }
  }

  @Test
  void theContractNamesNoResourceThatIsNotThere() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (String endpoint : AnswerContract.ofWeir().endpoints()) {
      asked.add(endpoint.replaceFirst("\\?.*", "").replaceAll(":(\\w+)", "{$1}"));
    }
    Set<String> resources = new TreeSet<>();
    for (ResourceRoles.Row row : ResourceRoles.table()) {
      if (row.path().startsWith("/weir/")) {
        resources.add(row.toString());
      }
    }
    assertThat(asked).isEqualTo(resources);
  }
}
