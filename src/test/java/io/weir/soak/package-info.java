/**
 * Programs that show, with as much state and as much time as that takes, what tests can only show
 * in small. They are started by hand, by {@code scripts/large-state}.
 */
package io.weir.soak;
