/**
 * Sources and sinks that come with Weir, one package for each system. They are written against
 * {@link io.weir.api.connector} alone, as the sources and sinks of users are.
 */
package io.weir.connector;
