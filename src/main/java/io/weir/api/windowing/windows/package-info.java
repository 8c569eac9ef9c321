/** The windows into which a stream is cut. Immutable values, usable from any thread. */
package io.weir.api.windowing.windows;
