package io.cite.core.engine.record;

import io.cite.core.engine.record.schema.Keys;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The records about which something is to be done, found without their marks. */
public final class OpenRecords {
  private OpenRecords() {}

  /** Their keys. */
  public static Set<String> keys(Records records) {
    return Stream.of(Keys.SERVICES, Keys.ENVIRONMENTS, Keys.BUILDS, Keys.DEPLOYMENTS)
        .flatMap(area -> records.list(area).stream())
        .filter(stored -> OpenMarks.isOpen(stored.value()))
        .map(stored -> stored.key().path())
        .collect(Collectors.toSet());
  }
}
