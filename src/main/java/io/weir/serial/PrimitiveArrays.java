package io.weir.serial;

import static io.weir.serial.Scalars.mutable;

import io.weir.snapshot.ScalarKind;

/** Arrays of primitive values: the length, then the elements in fixed width. */
final class PrimitiveArrays {
  private PrimitiveArrays() {}

  static void register() {
    mutable(
        byte[].class,
        ScalarKind.BYTE_ARRAY,
        PrimitiveArrays::write,
        PrimitiveArrays::readBytes,
        byte[]::clone);
    mutable(
        boolean[].class,
        ScalarKind.BOOLEAN_ARRAY,
        (values, out) -> {
          begin(values.length, 1, out);
          for (boolean value : values) {
            out.writeBoolean(value);
          }
        },
        in -> {
          boolean[] values = new boolean[in.readCount(1)];
          for (int i = 0; i < values.length; i++) {
            values[i] = in.readBoolean();
          }
          return values;
        },
        boolean[]::clone);
    mutable(
        short[].class,
        ScalarKind.SHORT_ARRAY,
        (values, out) -> {
          begin(values.length, Short.BYTES, out);
          for (short value : values) {
            out.writeShort(value);
          }
        },
        in -> {
          short[] values = new short[in.readCount(Short.BYTES)];
          for (int i = 0; i < values.length; i++) {
            values[i] = in.readShort();
          }
          return values;
        },
        short[]::clone);
    mutable(
        char[].class,
        ScalarKind.CHAR_ARRAY,
        (values, out) -> {
          begin(values.length, Character.BYTES, out);
          for (char value : values) {
            out.writeChar(value);
          }
        },
        in -> {
          char[] values = new char[in.readCount(Character.BYTES)];
          for (int i = 0; i < values.length; i++) {
            values[i] = in.readChar();
          }
          return values;
        },
        char[]::clone);
    mutable(
        int[].class,
        ScalarKind.INT_ARRAY,
        (values, out) -> {
          begin(values.length, Integer.BYTES, out);
          for (int value : values) {
            out.writeInt(value);
          }
        },
        in -> {
          int[] values = new int[in.readCount(Integer.BYTES)];
          for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
          }
          return values;
        },
        int[]::clone);
    mutable(
        long[].class,
        ScalarKind.LONG_ARRAY,
        (values, out) -> {
          begin(values.length, Long.BYTES, out);
          for (long value : values) {
            out.writeLong(value);
          }
        },
        in -> {
          long[] values = new long[in.readCount(Long.BYTES)];
          for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
          }
          return values;
        },
        long[]::clone);
    mutable(
        float[].class,
        ScalarKind.FLOAT_ARRAY,
        (values, out) -> {
          begin(values.length, Float.BYTES, out);
          for (float value : values) {
            out.writeFloat(value);
          }
        },
        in -> {
          float[] values = new float[in.readCount(Float.BYTES)];
          for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
          }
          return values;
        },
        float[]::clone);
    mutable(
        double[].class,
        ScalarKind.DOUBLE_ARRAY,
        (values, out) -> {
          begin(values.length, Double.BYTES, out);
          for (double value : values) {
            out.writeDouble(value);
          }
        },
        in -> {
          double[] values = new double[in.readCount(Double.BYTES)];
          for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
          }
          return values;
        },
        double[]::clone);
  }

  static void write(byte[] values, BinaryOutput out) {
    out.writeUnsignedVarInt(values.length);
    out.writeBytes(values, 0, values.length);
  }

  static byte[] readBytes(BinaryInput in) {
    return in.readBytes(in.readCount(1));
  }

  private static void begin(int length, int width, BinaryOutput out) {
    out.writeUnsignedVarInt(length);
    out.ensure((int) Math.min((long) length * width, Integer.MAX_VALUE));
  }
}
