/**
 * Weir in real Open Liberty servers, seen from inside by Arquillian, and from outside over HTTP, in
 * its logs and files.
 */
package io.weir.it;
