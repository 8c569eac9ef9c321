package io.weir.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BinaryInputTest {

  @Test
  void everyNumberComesBack() {
    BinaryOutput out = new BinaryOutput(0);
    long[] numbers = {0, 1, -1, 63, 64, -64, -65, 1L << 31, Long.MIN_VALUE, Long.MAX_VALUE};
    for (long number : numbers) {
      out.writeVarLong(number);
      out.writeLong(number);
      out.writeVarInt((int) number);
      out.writeInt((int) number);
      out.writeShort((int) number);
      out.writeByte((int) number);
      out.writeDouble((double) number);
      out.writeFloat((float) number);
      out.writeChar((char) number);
      out.writeBoolean(number > 0);
      out.writeUnsignedVarInt((int) number);
    }
    BinaryInput in = new BinaryInput(out.array(), 0, out.position());
    for (long number : numbers) {
      assertThat(in.readVarLong()).isEqualTo(number);
      assertThat(in.readLong()).isEqualTo(number);
      assertThat(in.readVarInt()).isEqualTo((int) number);
      assertThat(in.readInt()).isEqualTo((int) number);
      assertThat(in.readShort()).isEqualTo((short) number);
      assertThat(in.readByte()).isEqualTo((byte) number);
      assertThat(in.readDouble()).isEqualTo((double) number);
      assertThat(in.readFloat()).isEqualTo((float) number);
      assertThat(in.readChar()).isEqualTo((char) number);
      assertThat(in.readBoolean()).isEqualTo(number > 0);
      assertThat(in.readUnsignedVarInt()).isEqualTo((int) number);
    }
    assertThat(in.remaining()).isZero();
    assertThat(in.position()).isEqualTo(out.position());
  }

  @Test
  void aNumberOfAnyLengthComesBackAtAnyDistanceFromTheEnd() {
    for (int bits = 0; bits <= Long.SIZE; bits++) {
      long number = bits == 0 ? 0 : -1L >>> (Long.SIZE - bits);
      for (int behind = 0; behind <= 10; behind++) {
        for (long each : new long[] {number, -number, number / 3}) {
          BinaryOutput out = new BinaryOutput(0);
          out.writeVarLong(each);
          int length = out.position();
          out.writeBytes(new byte[] {-1, -1, 1, -1, -1, -1, -1, -1, -1, -1}, 0, behind);
          BinaryInput in = new BinaryInput(out.toByteArray());
          assertThat(in.readVarLong()).isEqualTo(each);
          assertThat(in.position()).isEqualTo(length);
          BinaryInput cut = new BinaryInput(out.array(), 0, length - 1);
          assertThatThrownBy(cut::readVarLong).isInstanceOf(SerializationException.class);
        }
      }
    }
  }

  @Test
  void anIntIsStoredLikeTheLongOfTheSameNumber() {
    for (int number : new int[] {0, 5, -5, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      BinaryOutput out = new BinaryOutput();
      out.writeVarInt(number);
      assertThat(new BinaryInput(out.toByteArray()).readVarLong()).isEqualTo(number);
    }
  }

  @Test
  void everyStringComesBackAlsoABrokenOne() {
    for (String text :
        List.of(
            "",
            "a",
            "plain ASCII of more than eight bytes",
            "Grüße",
            "日本語",
            "\uD83D\uDE00 smile",
            "\uD83D",
            "\uDE00\uD83D",
            "ends with \uD83D",
            "\u0000\u007F\u0080\u07FF\u0800\uFFFF")) {
      BinaryOutput out = new BinaryOutput(0);
      out.writeUtf8(text);
      out.writeByte(1);
      BinaryInput in = new BinaryInput(out.toByteArray());
      assertThat(in.readUtf8()).isEqualTo(text);
      assertThat(in.remaining()).isEqualTo(1);
    }
  }

  @Test
  void aStringIsUtf8ForOthers() {
    BinaryOutput out = new BinaryOutput();
    out.writeUtf8("Grüße \uD83D\uDE00");
    byte[] expected = "Grüße \uD83D\uDE00".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    BinaryInput in = new BinaryInput(out.toByteArray());
    assertThat(in.readBytes(in.readCount(1))).isEqualTo(expected);
  }

  @Test
  void brokenUtf8IsRefused() {
    for (byte[] bytes :
        List.of(
            new byte[] {1, (byte) 0x80},
            new byte[] {1, (byte) 0xC3},
            new byte[] {2, (byte) 0xC3, 'a'},
            new byte[] {4, (byte) 0xF7, (byte) 0xBF, (byte) 0xBF, (byte) 0xBF},
            new byte[] {1, (byte) 0xFF})) {
      assertThatThrownBy(() -> new BinaryInput(bytes).readUtf8())
          .isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void nothingIsReadPastTheEndOfThePart() {
    byte[] bytes = new byte[64];
    List<Consumer<BinaryInput>> reads =
        List.of(
            BinaryInput::readByte,
            BinaryInput::readBoolean,
            BinaryInput::readShort,
            BinaryInput::readInt,
            BinaryInput::readLong,
            BinaryInput::readFloat,
            BinaryInput::readDouble,
            BinaryInput::readVarInt,
            BinaryInput::readVarLong,
            BinaryInput::readUtf8,
            in -> in.readBytes(1),
            in -> in.skip(1));
    for (Consumer<BinaryInput> read : reads) {
      assertThatThrownBy(() -> read.accept(new BinaryInput(bytes, 10, 0)))
          .isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void aNumberThatDoesNotEndOrDoesNotFitIsRefused() {
    byte[] ones = new byte[20];
    java.util.Arrays.fill(ones, (byte) 0xFF);
    BinaryInput endless = new BinaryInput(ones);
    assertThatThrownBy(endless::readVarLong).hasMessageContaining("does not end");
    BinaryOutput out = new BinaryOutput();
    out.writeVarLong(1L << 40);
    assertThatThrownBy(() -> new BinaryInput(out.toByteArray()).readVarInt())
        .hasMessageContaining("32 bits");
  }

  @Test
  void flushingPassesOnTheBytesAndStartsAnew() throws Exception {
    BinaryOutput out = new BinaryOutput();
    out.writeInt(0x01020304);
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    out.flushTo(target);
    assertThat(target.toByteArray()).containsExactly(1, 2, 3, 4);
    assertThat(out.position()).isZero();
  }
}
