package io.cite.server.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the manifest tells. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "cite-server " + (version == null ? "(unpackaged)" : version),
      "Java " + Runtime.version().feature()
    };
  }
}
