package io.weir.rest;

/** What this is, for clients that ask for Flink's version. */
final class ProductVersion {

  private ProductVersion() {}

  static String text() {
    String version = ProductVersion.class.getPackage().getImplementationVersion();
    return version == null ? "Weir" : "Weir " + version;
  }
}
