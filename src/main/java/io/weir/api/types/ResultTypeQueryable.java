package io.weir.api.types;

/**
 * Implemented by functions, sources and key selectors that know the type they produce; it takes
 * precedence over {@link TypeExtraction}.
 *
 * @param <T> the produced type
 */
public interface ResultTypeQueryable<T> {
  /** The type that is produced; not null. */
  TypeInformation<T> getProducedType();
}
