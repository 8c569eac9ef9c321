package io.weir.server;

import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Flink's form of a configuration: a key with dots is the same as keys within each other, and both
 * may be mixed. The elements of a list become one text with semicolons between them. Every plain
 * value is the text that stands there: {@code 1.10} is no number whose zero could get lost.
 */
final class FlinkYaml {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new TextsOnly())
          .setAllowDuplicateKeys(false)
          .setLabel("the configuration")
          .build();

  private FlinkYaml() {}

  /** What is not empty is a text. */
  private static final class TextsOnly implements Schema {

    @Override
    public ScalarResolver getScalarResolver() {
      return (value, isImplicit) -> isImplicit && value.isEmpty() ? Tag.NULL : Tag.STR;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
      return Map.of(Tag.NULL, node -> "");
    }
  }

  /**
   * Reads a document; a key without a value is as good as none.
   *
   * @throws IllegalArgumentException if it is malformed; the message quotes no values
   */
  static Map<String, String> read(Reader reader) {
    Object tree;
    try {
      tree = new Load(SETTINGS).loadFromReader(reader);
    } catch (MarkedYamlEngineException e) {
      // its own message quotes the line, which may have a secret in it
      throw new IllegalArgumentException(
          e.getProblem() + e.getProblemMark().map(FlinkYaml::place).orElse(""), e);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("it is no YAML", e);
    }
    Map<String, String> values = new TreeMap<>();
    if (tree instanceof Map<?, ?> map) {
      flatten("", map, values);
    } else if (!"".equals(tree)) {
      throw new IllegalArgumentException("it has no keys at its top, as in 'key: value'");
    }
    return values;
  }

  private static String place(Mark mark) {
    return ", line " + (mark.getLine() + 1);
  }

  private static void flatten(String prefix, Map<?, ?> map, Map<String, String> values) {
    map.forEach(
        (name, value) -> {
          String key = prefix + name;
          if (value instanceof Map<?, ?> inner) {
            flatten(key + ".", inner, values);
          } else {
            String text = value instanceof List<?> list ? joined(key, list) : plain(value);
            if (!text.isEmpty() && values.put(key, text) != null) {
              throw new IllegalArgumentException(key + " is set twice");
            }
          }
        });
  }

  private static String joined(String key, List<?> list) {
    List<String> elements = new ArrayList<>();
    for (Object element : list) {
      if (element instanceof Map || element instanceof List) {
        throw new IllegalArgumentException(
            "the elements of " + key + " must be plain values, one of them has parts");
      }
      elements.add(plain(element));
    }
    return String.join(";", elements);
  }

  private static String plain(Object value) {
    return value.toString().strip();
  }
}
