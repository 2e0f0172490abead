package io.cite.core.domain.deploy;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.error.InvalidInput;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Name by which the source host finds a deployment again, unique over all time: a service that is
 * deleted and created again counts from 1 again, so the time of the request belongs to it.
 *
 * @param value {@code {namespace}/{service}/{branch}#{seq}@{milliseconds of the request}}
 */
public record SagaId(String value) {
  private static final Pattern ID = Pattern.compile("[^/\\s]+/[^/\\s]+/\\S+#[0-9]+@-?[0-9]+");

  public SagaId {
    if (!ID.matcher(value).matches()) {
      throw new InvalidInput(
          "The saga id '"
              + value.replaceAll("\\p{Cntrl}", "?")
              + "' must be written as namespace/service/branch#seq@milliseconds");
    }
  }

  /** The saga id of a deployment. */
  public static SagaId of(EnvironmentId environment, long seq, Instant requestedAt) {
    return new SagaId(environment + "#" + seq + "@" + requestedAt.toEpochMilli());
  }

  /** Reads a saga id. */
  public static SagaId parse(String text) {
    return new SagaId(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
