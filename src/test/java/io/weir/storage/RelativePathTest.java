package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelativePathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "..",
        "../x",
        "a/..",
        "a/../b",
        ".",
        "./a",
        "a/./b",
        "a//b",
        "a/",
        "a\nb",
        "a\u0000b",
        "a\u007fb",
        "a\\b",
        "\\\\host\\share",
        "a\ud800b"
      })
  void whatCouldLeaveTheRootIsRefused(String path) {
    assertThat(RelativePath.isValid(path)).isFalse();
    assertThatThrownBy(() -> RelativePath.of(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a path below");
    if (!path.isEmpty()) {
      assertThatThrownBy(() -> RelativePath.of("dir").resolve(path))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a/b",
        "...",
        "..a",
        "a..",
        ".hidden",
        "chk-1/_metadata",
        "a b",
        "ü",
        "c:x",
        "50%"
      })
  void otherNamesAreTaken(String path) {
    assertThat(RelativePath.of(path)).hasToString(path);
  }

  @Test
  void aMessageShowsNoControlCharacterAndNoEndlessText() {
    assertThatThrownBy(() -> RelativePath.of("a\u001bb")).hasMessageContaining("'a?b'");
    assertThatThrownBy(() -> RelativePath.of("x".repeat(5_000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
  }

  @Test
  void aPathKnowsItsParentAndItsName() {
    RelativePath path = RelativePath.of("job/chk-1/a");

    assertThat(path.name()).isEqualTo("a");
    assertThat(path.parent()).isEqualTo(RelativePath.of("job/chk-1"));
    assertThat(RelativePath.of("job").parent()).isEqualTo(RelativePath.ROOT);
    assertThat(RelativePath.ROOT.isRoot()).isTrue();
    assertThatThrownBy(RelativePath.ROOT::requireObject)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a directory");
    assertThat(RelativePath.ROOT.resolve("a")).isEqualTo(RelativePath.of("a"));
  }
}
