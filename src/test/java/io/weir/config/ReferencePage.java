package io.weir.config;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/** Renders the configuration page of the site from the catalog. */
final class ReferencePage {
  private static final String HEAD =
      """
      <!-- Generated from the classes of io.weir.config. To regenerate:
           mvn test -Dtest=ReferencePageTest -Dweir.regenerate=true -->
      # Configuration

      Values are looked up under the key, then under its older keys; if none is set, the default counts.
      A key below `jobs.<name>.` concerns the job of that name only and wins over the same key without this prefix.

      | Type | Written as |
      | --- | --- |
      | Duration | a number and a unit (`ns`, `us`, `ms`, `s`, `min`, `h`, `d`), as in `60s`, `10 min`; ISO-8601, as in `PT1.5S`; or a plain number of milliseconds |
      | MemorySize | a number and a unit (`b`, `kb`, `mb`, `gb`, `tb`; 1 kb is 1024 bytes), as in `64mb`, `20 kb`; or a plain number of bytes |
      | List | elements separated by `;` or `,` |
      | words | case does not matter, nor whether words are joined by `-` or `_` |

      A value that cannot be used stops the job from starting; the message names the key, the value and what is allowed.
      A key that nobody knows is reported with the known key that is spelt most like it, and one that changes nothing is
      reported too: in the server's log, at `/weir/v1/configuration`, and on the page *Server*.

      The server looks in these places; the first that has a key counts. A job's own settings, made in its program, stand
      between those for all jobs and those below `jobs.<name>.`.

      | Place | For example |
      | --- | --- |
      | `server.xml` | `<variable name="execution.checkpointing.interval" value="10s"/>` |
      | `bootstrap.properties` of the server, system properties | `execution.checkpointing.interval=10s` |
      | environment variables: capitals, and `_` for all other characters | `EXECUTION_CHECKPOINTING_INTERVAL=10s` |
      | `weir.properties` in the server's folder (`WEIR_CONFIG_FILE` names another one) | `execution.checkpointing.interval=10s` |
      | `config.yaml` in Flink's form beside it, else `flink-conf.yaml` (`WEIR_CONFIG_YAML` names another one) | `execution: {checkpointing: {interval: 10s}}` or `execution.checkpointing.interval: 10s` |

      What of a Flink configuration has no meaning in a Jakarta EE server is accepted, and said to have no effect.
      """;

  private ReferencePage() {}

  static String render(ConfigCatalog catalog) {
    return HEAD + catalog.groups().stream().map(ReferencePage::section).collect(joining());
  }

  private static String section(OptionGroup group) {
    return """

        ## %s

        %s

        | Key | Type | Default | Meaning |
        | --- | --- | --- | --- |
        %s"""
        .formatted(
            group.title(),
            group.introduction(),
            group.options().stream().map(ReferencePage::row).collect(joining()));
  }

  private static String row(ConfigOption<?> option) {
    String older =
        option.fallbackKeys().stream().map(key -> "<br/>older: " + code(key)).collect(joining());
    return "| %s%s | %s | %s | %s |\n"
        .formatted(
            code(option.key()),
            older,
            option.typeName(),
            option.defaultText().map(ReferencePage::code).orElse("none"),
            meaning(option));
  }

  private static String meaning(ConfigOption<?> option) {
    List<String> sentences = new ArrayList<>();
    sentences.add(option.description());
    if (option.limit().isPresent() || option.allowed().startsWith("one of ")) {
      sentences.add("Allowed: " + option.allowed() + ".");
    }
    option
        .refusals()
        .forEach((value, why) -> sentences.add("Not supported: %s; %s".formatted(value, why)));
    option
        .whyWithoutEffect()
        .ifPresent(why -> sentences.add("**Accepted, without effect:** " + why));
    return String.join(" ", sentences)
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
