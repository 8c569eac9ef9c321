package io.weir.snapshot;

/**
 * One difference between the schema of stored values and the present one.
 *
 * @param path where: the type and the fields that lead there, for example {@code
 *     com.acme.Order.lines[].price}
 * @param stored what stands there in the stored values; {@link #NOTHING} if nothing does
 * @param declared what stands there now; {@link #NOTHING} if nothing does
 * @param what follows from it, in a few words
 * @param refused whether stored values cannot be read because of it
 */
public record SchemaChange(
    String path, String stored, String declared, String what, boolean refused) {
  /** In the place of what is not there. */
  public static final String NOTHING = "nothing";

  @Override
  public String toString() {
    return path
        + ": "
        + (stored.equals(declared) ? stored : stored + " -> " + declared)
        + ", "
        + what;
  }
}
