package io.cite.core.engine.store;

import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.engine.record.schema.SealingContext;
import io.cite.core.port.SecretSealer;
import java.util.HashMap;
import java.util.Map;

/** Seals the secret variables of a service for the time until they are in the cluster. */
public final class SealedVariables {
  private final SecretSealer sealer;

  /** Seals with this sealer. */
  public SealedVariables(SecretSealer sealer) {
    this.sealer = sealer;
  }

  /** The values, each sealed for its name and service. */
  public Map<String, String> seal(ServiceId service, Map<String, Secret> values) {
    Map<String, String> sealed = new HashMap<>();
    values.forEach(
        (name, value) ->
            sealed.put(name, sealer.seal(value, SealingContext.variable(service, name))));
    return sealed;
  }

  /** The values that were sealed. */
  public Map<String, Secret> open(ServiceId service, Map<String, String> sealed) {
    Map<String, Secret> values = new HashMap<>();
    sealed.forEach(
        (name, closed) ->
            values.put(name, sealer.open(closed, SealingContext.variable(service, name))));
    return values;
  }
}
