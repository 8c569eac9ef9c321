package io.weir.api.types;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The names that a type, a field or a constant had before, so that state which was stored under
 * them is found:
 *
 * <pre>
 *   &#64;FormerNames("com.acme.Sale")
 *   record Order(@FormerNames({"customer", "client"}) String buyer, long amount) {}
 * </pre>
 *
 * <p>On a type stand full class names as {@link Class#getName} gives them, so {@code
 * com.acme.Shop$Sale} for a nested one; on a field of a record or POJO its names alone; on a
 * constant of an enum the constant's names. The first one that the stored values have counts, and
 * none counts if they have the present name. The annotation may stay for ever; take it away when no
 * snapshot with the old name is needed any more.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface FormerNames {

  /** The former names, the latest first. */
  String[] value();
}
