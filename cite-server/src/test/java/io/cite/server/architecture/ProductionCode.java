package io.cite.server.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves out tests and contract suites, whether they lie in a folder or in a test jar. */
public final class ProductionCode implements ImportOption {
  @Override
  public boolean includes(Location location) {
    return !location.contains("/test-classes/")
        && !location.contains("-contract.jar")
        && !location.contains("-fixtures.jar")
        && !location.contains("/bench");
  }
}
