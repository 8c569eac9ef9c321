package io.weir.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Damaged bytes give an error that says so, or another value; nothing else. */
class CorruptInputTest {
  private static final int DAMAGES = 20_000;

  @Test
  void damagedBytesGiveASerializationExceptionOrAnotherValue() {
    Random random = new Random(42);
    List<Serializer<Object>> serializers = new ArrayList<>();
    List<byte[]> originals = new ArrayList<>();
    RandomTypes types = new RandomTypes(42);
    for (int i = 0; i < 150; i++) {
      RandomTypes.Sample sample = types.next(3);
      Serializer<Object> serializer = serializer(sample.type());
      serializers.add(serializer);
      originals.add(Samples.bytes(serializer, sample.values().get()));
    }
    int[] refused = new int[1];
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(10),
        () -> {
          for (int i = 0; i < DAMAGES; i++) {
            int which = random.nextInt(originals.size());
            byte[] damaged = damage(originals.get(which), random);
            refused[0] += isRefused(serializers.get(which), damaged) ? 1 : 0;
          }
        });
    assertThat(refused[0]).isBetween(DAMAGES / 10, DAMAGES);
  }

  private static boolean isRefused(Serializer<Object> serializer, byte[] damaged) {
    try {
      assertThat(serializer.read(new BinaryInput(damaged))).isNotNull();
      return false;
    } catch (SerializationException e) {
      assertThat(e.getMessage()).isNotBlank();
      return true;
    }
  }

  private static byte[] damage(byte[] original, Random random) {
    if (random.nextInt(3) == 0) {
      return Arrays.copyOf(original, random.nextInt(original.length));
    }
    byte[] damaged = original.clone();
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    }
    if (random.nextInt(4) == 0) {
      Arrays.fill(damaged, random.nextInt(damaged.length), damaged.length, (byte) 0xFF);
    }
    return damaged;
  }

  @Test
  void aHugeLengthIsRefusedBeforeAnythingIsAllocated() {
    BinaryOutput out = new BinaryOutput();
    out.writeUnsignedVarInt(Integer.MAX_VALUE - 1);
    for (TypeInformation<?> type :
        List.of(
            Types.STRING,
            Types.LIST(TypeInformation.of(Samples.Empty.class)),
            Types.MAP(Types.INT, Types.INT),
            TypeInformation.of(byte[].class),
            TypeInformation.of(long[].class),
            TypeInformation.of(String[].class),
            Types.BIG_INT,
            TypeInformation.of(Samples.Money.class))) {
      BinaryInput in = new BinaryInput(out.array(), 0, out.position());
      assertThatThrownBy(() -> Serializers.of(type).read(in))
          .as("%s", type)
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("exceed");
    }
  }

  @Test
  void bytesThatNestWithoutEndAreRefused() {
    byte[] endless = new byte[1_000_000];
    Arrays.fill(endless, (byte) 1); // value -1, then: there is a next one
    Serializer<Samples.Node> serializer = Serializers.of(TypeInformation.of(Samples.Node.class));
    assertThatThrownBy(() -> serializer.read(new BinaryInput(endless)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("nest more than");
  }

  @SuppressWarnings("unchecked")
  private static Serializer<Object> serializer(TypeInformation<?> type) {
    return (Serializer<Object>) Serializers.of(type);
  }
}
