package io.weir.snapshot;

/**
 * One difference between the schema of stored values and the present one.
 *
 * @param path where: the type and the fields that lead there, for example {@code
 *     com.acme.Order.lines[].price}
 * @param what the difference in a few words, with both sides
 * @param refused whether stored values cannot be read because of it
 */
public record SchemaChange(String path, String what, boolean refused) {
  @Override
  public String toString() {
    return path + ": " + what;
  }
}
