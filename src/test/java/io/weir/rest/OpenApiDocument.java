package io.weir.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders the OpenAPI document from the resources: paths, parameters and roles from their
 * annotations, what they are for from their javadoc, and the fields of requests and answers from
 * {@link AnswerContract}.
 */
final class OpenApiDocument {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCES = Path.of("src/main/java/io/weir/rest");

  /** Javadoc, annotations, and the method that they belong to. */
  private static final Pattern DOCUMENTED =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^\\n]*\\))?\\s+)*public [^=;{}]*?(\\w+)\\(",
          Pattern.DOTALL);

  private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@\\w+.*\\z", Pattern.DOTALL);
  private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+\\s+([^{}]*)}");

  /** An example in braces within a tag. */
  private static final Pattern EXAMPLE = Pattern.compile("\\{@code\\s+(\\{[^{}]*})}");

  private static final Pattern SENTENCE_END = Pattern.compile("\\.(?: (?=\\p{Lu}|\\{)|$)");

  private OpenApiDocument() {}

  static String render(List<Resource> resources) throws IOException {
    ObjectNode document = JSON.createObjectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Weir")
        .put("version", "1")
        .put(
            "description",
            "Jobs, checkpoints, savepoints and the server. What is not below /weir/v1 has the paths, fields and"
                + " statuses of Flink 2.3, and is also there below /v1. Errors are {\"errors\": [text]}. Programs on the"
                + " server's own machine may look without credentials, unless weir.security.loopback says otherwise.");
    document.putArray("servers").addObject().put("url", "/");
    ArrayNode security = document.putArray("security");
    security.addObject().putArray("password");
    security.addObject().putArray("token");
    AnswerSchemas answers = new AnswerSchemas(AnswerContract.ofFlink(), AnswerContract.ofWeir());
    Map<String, ObjectNode> paths = new TreeMap<>();
    for (Resource resource : resources) {
      paths
          .computeIfAbsent(resource.path(), path -> JSON.createObjectNode())
          .set(resource.verb().toLowerCase(Locale.ROOT), operation(resource, answers));
    }
    document.putObject("paths").setAll(paths);
    components(document.putObject("components"), answers);
    return text(document);
  }

  /**
   * A method that answers requests.
   *
   * @param path with parameters in braces, without their patterns
   */
  record Resource(Class<?> type, Method method, String verb, String path, Role role) {}

  private static ObjectNode operation(Resource resource, AnswerSchemas answers) throws IOException {
    String javadoc = javadoc(resource);
    String[] sentences = SENTENCE_END.split(javadoc, 2);
    String rest = sentences.length < 2 ? "" : sentences[1];
    String role = resource.role().name().toLowerCase(Locale.ROOT);
    ObjectNode operation =
        JSON.createObjectNode()
            .put("summary", sentences[0])
            .put("description", (rest + " Asks for the role " + role + ".").strip())
            .put("operationId", id(resource))
            .put("x-weir-role", role);
    operation.putArray("tags").add(tag(resource.path()));
    ArrayNode parameters = JSON.createArrayNode();
    for (Field field : resource.type().getDeclaredFields()) {
      parameter(field.getAnnotations(), parameters);
    }
    boolean hasBody = false;
    for (Parameter parameter : resource.method().getParameters()) {
      hasBody |= parameter.getAnnotations().length == 0;
      parameter(parameter.getAnnotations(), parameters);
    }
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    if (hasBody) {
      operation
          .putObject("requestBody")
          .set(
              "content",
              answers
                  .request(resource.verb(), resource.path())
                  .orElseGet(OpenApiDocument::anyObject));
    }
    responses(
        resource, answers, !parameters.isEmpty() || hasBody, operation.putObject("responses"));
    return operation;
  }

  private static ObjectNode anyObject() {
    ObjectNode content = JSON.createObjectNode();
    content.putObject("application/json").putObject("schema").put("type", "object");
    return content;
  }

  private static String id(Resource resource) {
    String type = resource.type().getSimpleName().replace("Resource", "");
    return type.substring(0, 1).toLowerCase(Locale.ROOT)
        + type.substring(1)
        + "_"
        + resource.method().getName();
  }

  private static String tag(String path) {
    if (path.startsWith("/weir/")) {
      return "Weir";
    }
    return path.equals("/") || path.equals("/{file}") ? "Page" : "Flink";
  }

  private static void parameter(Annotation[] annotations, ArrayNode parameters) {
    for (Annotation annotation : annotations) {
      if (annotation instanceof PathParam path) {
        parameters
            .addObject()
            .put("name", path.value())
            .put("in", "path")
            .put("required", true)
            .putObject("schema")
            .put("type", "string");
      } else if (annotation instanceof QueryParam query) {
        parameters
            .addObject()
            .put("name", query.value())
            .put("in", "query")
            .putObject("schema")
            .put("type", "string");
      }
    }
  }

  private static void responses(
      Resource resource, AnswerSchemas answers, boolean takesInput, ObjectNode responses) {
    boolean isBegun =
        !resource.verb().equals("GET") && resource.method().getReturnType() == Response.class;
    int status =
        answers.status(resource.verb(), resource.path()).orElseGet(() -> isBegun ? 202 : 200);
    ObjectNode success =
        responses
            .putObject(String.valueOf(status))
            .put("description", isBegun ? "It has been begun." : "The answer.");
    answers
        .content(resource.verb(), resource.path())
        .ifPresent(content -> success.set("content", content));
    if (takesInput) {
      refer(responses, "400", "BadRequest");
    }
    refer(responses, "401", "Unauthorized");
    refer(responses, "403", "Forbidden");
    if (resource.path().contains("{")) {
      refer(responses, "404", "NotFound");
    }
    refer(responses, "default", "Error");
  }

  private static void refer(ObjectNode responses, String status, String name) {
    responses.putObject(status).put("$ref", "#/components/responses/" + name);
  }

  private static void components(ObjectNode components, AnswerSchemas answers) {
    ObjectNode responses = components.putObject("responses");
    error(responses, "BadRequest", "A parameter or the body cannot be understood.");
    error(responses, "Unauthorized", "A password or a token is needed.");
    error(responses, "Forbidden", "The caller's role does not include this.");
    error(responses, "NotFound", "What the path names is not there.");
    error(
        responses,
        "Error",
        "409: its state does not allow it. 422: refused, the text says why. 503: try again later.");
    ObjectNode schemas = components.putObject("schemas");
    answers.putTypes(schemas);
    ObjectNode errors = schemas.putObject("Errors").put("type", "object");
    errors
        .putObject("properties")
        .putObject("errors")
        .put("type", "array")
        .putObject("items")
        .put("type", "string");
    ObjectNode schemes = components.putObject("securitySchemes");
    schemes.putObject("password").put("type", "http").put("scheme", "basic");
    schemes
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "JWT");
  }

  private static void error(ObjectNode responses, String name, String description) {
    responses
        .putObject(name)
        .put("description", description)
        .putObject("content")
        .putObject("application/json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/Errors");
  }

  /** What stands above a method, as one line. */
  private static String javadoc(Resource resource) throws IOException {
    String source = Files.readString(SOURCES.resolve(resource.type().getSimpleName() + ".java"));
    Matcher matcher = DOCUMENTED.matcher(source);
    while (matcher.find()) {
      if (matcher.group(2).equals(resource.method().getName())) {
        return plain(matcher.group(1));
      }
    }
    throw new AssertionError(resource.method() + " needs javadoc: what does it answer?");
  }

  private static String plain(String javadoc) {
    String text = javadoc.replaceAll("(?m)^\\s*\\*", "");
    text = BLOCK_TAG.matcher(text).replaceAll("");
    text = EXAMPLE.matcher(text).replaceAll("$1");
    text = INLINE_TAG.matcher(text).replaceAll("$1");
    return text.replaceAll("</?(p|ul|li|pre)>", "").replaceAll("\\s+", " ").strip();
  }

  private static String text(ObjectNode document) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    try {
      return JSON.writer(printer).writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
