package io.weir.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Records are copied in the order of their keys. */
final class KeyOrderTest {
  private final KeyOrder order = new KeyOrder();

  /** A record, each byte as one character, and where its key is within. */
  private record Part(String text, int keyStart, int keyEnd) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    byte[] key() {
      return Arrays.copyOfRange(bytes(), keyStart, keyEnd);
    }
  }

  @Test
  void thoseOfTheSameKeyStayInTheOrderInWhichTheyCame() {
    assertThat(copied(List.of(part("b", 1), part("a", 2), part("b", 3)))).isEqualTo("<a>2<b>1<b>3");
  }

  @Test
  void bytesAreComparedWithoutSign() {
    assertThat(copied(List.of(part("\u0080", 1), part("\u007f", 2))))
        .isEqualTo("<\u007f>2<\u0080>1");
  }

  @Test
  void anyNumberOfRecordsIsSortedAsAListIs() {
    Random random = new Random(7);
    for (int size : new int[] {0, 1, 2, 8, 9, 17, 255, 256, 257, 5_000}) {
      List<Part> parts = new ArrayList<>();
      for (int index = 0; index < size; index++) {
        parts.add(part(Integer.toString(random.nextInt(1 + size / 2)), index));
      }
      List<Part> sorted = new ArrayList<>(parts);
      sorted.sort(Comparator.comparing(Part::key, Arrays::compareUnsigned));
      assertThat(copied(parts)).as("%d records", size).isEqualTo(joined(sorted));
    }
  }

  private String copied(List<Part> parts) {
    byte[] all = joined(parts).getBytes(StandardCharsets.ISO_8859_1);
    order.clear();
    int start = 0;
    for (Part each : parts) {
      order.add(start, start + each.keyStart(), start + each.keyEnd());
      start += each.text().length();
    }
    byte[] target = new byte[all.length];
    order.copy(all, all.length, target);
    return new String(target, StandardCharsets.ISO_8859_1);
  }

  private static Part part(String key, int value) {
    return new Part("<" + key + ">" + value, 1, 1 + key.length());
  }

  private static String joined(List<Part> parts) {
    StringBuilder all = new StringBuilder();
    parts.forEach(each -> all.append(each.text()));
    return all.toString();
  }
}
