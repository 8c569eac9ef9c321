package io.weir.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The role that a resource's method asks for. Without it a read asks for {@link Role#VIEWER} and
 * anything else for {@link Role#ADMIN}, so that what has been forgotten is closed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Requires {
  Role value();
}
