/** The vocabulary of durable things. */
package io.weir.snapshot;
