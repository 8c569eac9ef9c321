/**
 * How values are described: {@link io.weir.api.types.TypeInformation} names the full generic type
 * of a value, {@link io.weir.api.types.Types} and {@link io.weir.api.types.TypeHint} state it,
 * {@link io.weir.api.types.TypeExtraction} finds it out from a function. {@link
 * io.weir.api.types.FormerNames} says what it was called before. Also the tuples and the two ways
 * out of a function, {@link io.weir.api.types.Collector} and {@link io.weir.api.types.OutputTag}.
 *
 * <p>Descriptions are immutable and may be shared by threads; tuples and collectors belong to the
 * task that works with them.
 */
package io.weir.api.types;
