package io.cite.core.memory;

import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.SecretSealer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A {@link SecretSealer} that keeps secrets in its own memory and hands out receipts for them. Its
 * fresh secrets are counted, not random: it is for tests and embedding, not for production.
 * Thread-safe.
 */
public final class InMemorySecretSealer implements SecretSealer {
  private record Kept(Secret secret, String context) {}

  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  @Override
  public Secret generate() {
    return Secret.of("inmemory" + numbers.incrementAndGet());
  }

  @Override
  public String seal(Secret secret, String context) {
    String receipt = "receipt-" + numbers.incrementAndGet();
    kept.put(receipt, new Kept(secret, context));
    return receipt;
  }

  @Override
  public Secret open(String receipt, String context) {
    Kept found = kept.get(receipt);
    if (found == null || !found.context().equals(context)) {
      throw new InvalidInput("The sealed secret does not belong to " + context);
    }
    return found.secret();
  }
}
