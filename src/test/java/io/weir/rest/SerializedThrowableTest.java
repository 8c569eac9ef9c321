package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerializedThrowableTest {
  private static final String NAME_THERE = "org.apache.flink.util.SerializedThrowable";

  @Test
  void theStreamHoldsAnObjectOfTheOtherClassWithItsVersionAndFields() throws Exception {
    List<ObjectStreamClass> seen = new ArrayList<>();
    Object read =
        read(
            new SerializedThrowable(new IllegalStateException("no", new IOException("disk full"))),
            seen);

    ObjectStreamClass described =
        seen.stream().filter(type -> type.getName().equals(NAME_THERE)).findFirst().orElseThrow();
    assertThat(described.getSerialVersionUID()).isEqualTo(7284183123441947635L);
    assertThat(described.getFields())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "[B serializedException",
            "Ljava/lang/String; originalErrorClassName",
            "Ljava/lang/String; fullStringifiedStackTrace");
    assertThat(seen).noneMatch(type -> type.getName().startsWith("io.weir"));
    SerializedThrowable copy = (SerializedThrowable) read;
    assertThat(copy).hasMessage("java.lang.IllegalStateException: no");
    assertThat(copy.originalErrorClassName()).isEqualTo("java.lang.IllegalStateException");
    assertThat(copy.fullStringifiedStackTrace()).contains("disk full");
    assertThat(copy.getCause()).hasMessage("java.io.IOException: disk full");
  }

  @Test
  void aMessageThatNamesTheClassDoesNotDisturb() throws Exception {
    Throwable thrown = new IllegalStateException(SerializedThrowable.class.getName());

    Object read = read(new SerializedThrowable(thrown), new ArrayList<>());

    assertThat((Throwable) read).hasMessageContaining(SerializedThrowable.class.getName());
  }

  /** Reads as a client would, to whom the other class is known. */
  private static Object read(SerializedThrowable throwable, List<ObjectStreamClass> seen)
      throws Exception {
    byte[] bytes = Base64.getDecoder().decode(throwable.toBase64());
    try (ObjectInputStream input =
        new ObjectInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          protected ObjectStreamClass readClassDescriptor()
              throws IOException, ClassNotFoundException {
            ObjectStreamClass described = super.readClassDescriptor();
            seen.add(described);
            return described.getName().equals(NAME_THERE)
                ? ObjectStreamClass.lookup(SerializedThrowable.class)
                : described;
          }
        }) {
      return input.readObject();
    }
  }
}
