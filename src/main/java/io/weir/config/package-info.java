/**
 * Every option of Weir: its key, type, unit, default, older keys and one sentence about it.
 *
 * <p>Keys, types and defaults are Flink's unless an option's description says what differs. The
 * reference page {@code src/site/markdown/configuration.md} is generated from these classes, and so
 * is the list of keys that the server looks for. Adding an option means adding one constant to one
 * of the {@code *Options} classes.
 *
 * <p>Threads: {@link io.weir.config.ConfigOption options} and values are immutable and may be
 * shared; a {@link io.weir.config.Configuration} belongs to one thread at a time.
 */
package io.weir.config;
