package io.weir.server;

import io.weir.config.ServerOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Names this server in the leases of its jobs: the same after a restart, another one for every
 * other server. If nothing is configured, it is made of the host and the server's folder.
 */
final class ServerName {

  private ServerName() {}

  static String of(ServerConfiguration configuration) {
    String configured = configuration.get(ServerOptions.SERVER_ID);
    return configured == null ? host() + ":" + System.getProperty("user.dir") : configured;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
