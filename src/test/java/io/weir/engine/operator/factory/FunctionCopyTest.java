package io.weir.engine.operator.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.MapFunction;
import io.weir.api.graph.Operator;
import io.weir.engine.operator.FunctionCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionCopyTest {

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <F> F copyOf(MapFunction<?, ?> function) {
    AuthorCode code = new AuthorCode(new Operator.Map<>(function), null, null);
    return (F) ((Operator.Map<?, ?>) FunctionCopy.of(code, "enrich").operator()).function();
  }

  @Test
  void aCopyIsAnotherObjectWithTheSameContent() {
    Tagging original = new Tagging("x");
    Tagging copy = copyOf(original);
    assertThat(copy).isNotSameAs(original);
    assertThat(copy.tag).isEqualTo("x");
    copy.seen.add("a");
    assertThat(original.seen).isEmpty();
  }

  @Test
  void aLambdaIsCopiedWithWhatItCaptures() throws Exception {
    List<String> captured = new ArrayList<>(List.of("p"));
    MapFunction<String, String> original = value -> captured.get(0) + value;
    MapFunction<String, String> copy = copyOf(original);
    captured.set(0, "q");
    assertThat(copy.map("1")).isEqualTo("p1");
  }

  @Test
  void whatFunctionAndKeySelectorShareTheirCopiesShareToo() {
    Tagging shared = new Tagging("s");
    KeySelector<String, String> selector = new Sharing(shared);
    AuthorCode copy =
        FunctionCopy.of(new AuthorCode(new Operator.Map<>(shared), selector, null), "enrich");
    Object function = ((Operator.Map<?, ?>) copy.operator()).function();
    assertThat(((Sharing) copy.keySelector()).tagging).isSameAs(function).isNotSameAs(shared);
  }

  @Test
  void theFieldThatIsNotSerializableIsNamed() {
    assertThatThrownBy(() -> copyOf(new Holding(Map.of("k", new Tagging("x"), "z", new Broken()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'enrich'")
        .hasMessageContaining("operator.function.held[].client")
        .hasMessageContaining(Client.class.getName())
        .hasMessageContaining("transient");
  }

  @Test
  void whatALambdaCapturesIsNamedWithItsClass() {
    Client client = new Client();
    MapFunction<String, String> lambda = value -> client.prefix() + value;
    assertThatThrownBy(() -> copyOf(lambda))
        .hasMessageContaining("captured by the lambda in " + FunctionCopyTest.class.getName())
        .hasMessageContaining(Client.class.getName());
  }

  @Test
  void aTransientFieldIsLeftOut() {
    Forgetful copy = copyOf(new Forgetful());
    assertThat(copy.client).isNull();
  }

  private static final class Client {
    String prefix() {
      return "";
    }
  }

  private static final class Broken implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused")
    private final Client client = new Client();
  }

  private record Sharing(Tagging tagging) implements KeySelector<String, String> {
    @Override
    public String getKey(String value) {
      return value;
    }
  }

  private static final class Tagging implements MapFunction<String, String> {
    private static final long serialVersionUID = 1L;
    private final String tag;
    private final List<String> seen = new ArrayList<>();

    Tagging(String tag) {
      this.tag = tag;
    }

    @Override
    public String map(String value) {
      return tag + value;
    }
  }

  private static final class Holding implements MapFunction<String, String> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused")
    private final Map<String, Object> held;

    Holding(Map<String, Object> held) {
      this.held = held;
    }

    @Override
    public String map(String value) {
      return value;
    }
  }

  private static final class Forgetful implements MapFunction<String, String> {
    private static final long serialVersionUID = 1L;
    private final transient Client client = new Client();

    @Override
    public String map(String value) {
      return value;
    }
  }
}
