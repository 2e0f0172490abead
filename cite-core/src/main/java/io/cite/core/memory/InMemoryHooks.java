package io.cite.core.memory;

import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.error.NotFound;
import io.cite.core.port.HookSpec;
import io.cite.core.port.source.FailedDelivery;
import io.cite.core.port.source.HookAnswer;
import io.cite.core.port.source.Hooks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The hooks of {@link InMemorySourceHost}, under its lock; deliveries are made outside of it. */
final class InMemoryHooks implements Hooks {
  private final InMemorySourceHost host;
  private final InMemoryDeliveries deliveries;

  InMemoryHooks(InMemorySourceHost host, InMemoryDeliveries deliveries) {
    this.host = host;
    this.deliveries = deliveries;
  }

  @Override
  public HookAnswer ensure(RepositoryName repository, HookSpec hook) {
    HookId id;
    synchronized (host) {
      Map<HookId, HookSpec> hooks = host.find(repository).hooks;
      for (Map.Entry<HookId, HookSpec> entry : hooks.entrySet()) {
        if (entry.getValue().url().equals(hook.url())) {
          entry.setValue(hook);
          return new HookAnswer(entry.getKey(), false);
        }
      }
      id = new HookId(host.nextId());
      hooks.put(id, hook);
    }
    deliveries.deliver(id, hook, "ping", new SourceEvent.Pinged(repository, id));
    return new HookAnswer(id, true);
  }

  @Override
  public void remove(RepositoryName repository, String url) {
    synchronized (host) {
      host.find(repository).hooks.values().removeIf(hook -> hook.url().equals(url));
    }
  }

  @Override
  public Set<String> urls(RepositoryName repository) {
    synchronized (host) {
      return host.find(repository).hooks.values().stream()
          .map(HookSpec::url)
          .collect(Collectors.toSet());
    }
  }

  @Override
  public List<FailedDelivery> failedDeliveries(
      RepositoryName repository, HookId hook, Instant since) {
    requireHook(repository, hook);
    return deliveries.failedSince(hook, since);
  }

  @Override
  public void redeliver(RepositoryName repository, HookId hook, long attempt) {
    requireHook(repository, hook);
    deliveries.again(hook, attempt);
  }

  private void requireHook(RepositoryName repository, HookId hook) {
    synchronized (host) {
      if (!host.find(repository).hooks.containsKey(hook)) {
        throw new NotFound("The repository " + repository + " has no hook " + hook);
      }
    }
  }
}
