package io.cite.core.engine.repository;

import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.Repository;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.RepositoryRecord;
import io.cite.core.engine.record.schema.ServiceLink;
import io.cite.core.engine.repository.RepositoryRename.Move;
import io.cite.core.error.NotFound;
import io.cite.core.port.InstantSource;
import io.cite.core.port.SecretSealer;
import io.cite.core.port.source.Repositories;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares a service's repository with the one that has its name now. A repository is its number:
 * its name may change, and another repository may take the name. A renamed or transferred
 * repository is found by its number, and its new name is taken over. If the name has another
 * repository and the service's own one is gone, the environments say so.
 */
public final class RepositoryIdentity {
  private final Records records;
  private final Repositories repositories;
  private final RepositoryRename rename;

  /** What a comparison came to. */
  public enum Found {
    /** The name has the service's repository. */
    SAME,
    /** It had another name, which was taken over now: what was read under the old one is void. */
    RENAMED,
    /** The name has another repository, and the environments say so. */
    ANOTHER
  }

  /** Compares by asking this host. */
  public RepositoryIdentity(
      Records records, Repositories repositories, SecretSealer sealer, InstantSource clock) {
    this.records = records;
    this.repositories = repositories;
    this.rename = new RepositoryRename(records, sealer, clock);
  }

  /** Compares the repository of each service that is made from this name. */
  public void check(RepositoryName name) {
    for (Versioned<ServiceLink> link : records.list(Keys.linksOf(name))) {
      Optional<Versioned<ServiceSettings>> service =
          records.get(Keys.service(link.value().service()));
      if (service.isPresent()) {
        check(service.get().value());
      }
    }
  }

  private void check(ServiceSettings service) {
    try {
      compare(service);
    } catch (NotFound e) {
      // it is deleted, or hidden from CITE: nothing can be said of it
    }
  }

  /**
   * Compares what GitHub has under the name of a service's repository with that repository.
   *
   * @throws NotFound if the repository does not exist any more and nothing has its name
   */
  public Found compare(ServiceSettings service) {
    RepositoryName name = service.repository();
    @Nullable Repository named = null;
    @Nullable NotFound absent = null;
    try {
      named = repositories.get(name);
    } catch (NotFound e) {
      absent = e;
    }
    Optional<Repository> own =
        named != null && named.id() == service.repositoryId()
            ? Optional.of(named)
            : repositories.byId(name, service.repositoryId());
    if (own.isPresent()) {
      RepositoryName now = own.get().name();
      if (now.sameAs(name)) {
        return Found.SAME;
      }
      rename.takeOver(moves(name, service.repositoryId(), now));
      return Found.RENAMED;
    }
    if (absent != null) {
      throw absent;
    }
    note(service, named == null ? 0 : named.id());
    return Found.ANOTHER;
  }

  /** What moves if a repository takes a name: also the one that had it, and so on. */
  private List<Move> moves(RepositoryName old, long id, RepositoryName now) {
    List<Move> moves = new ArrayList<>();
    moves.add(new Move(old, id, now));
    RepositoryName wanted = now;
    Optional<RepositoryRecord> other = rename.other(wanted, id);
    while (other.isPresent()) {
      long number = other.get().id();
      Optional<Repository> gone = repositories.byId(wanted, number);
      if (gone.isEmpty()
          || gone.get().name().sameAs(wanted)
          || moves.stream().anyMatch(move -> move.id() == number)) {
        break;
      }
      moves.add(new Move(wanted, number, gone.get().name()));
      wanted = gone.get().name();
      other = rename.other(wanted, number);
    }
    return moves;
  }

  /** What the environments of a service say whose repository's name has another repository. */
  public static String another(RepositoryName name, long now, long before) {
    return name
        + " is another repository now: its number is "
        + now
        + ", and the service was created from "
        + before
        + ". Nothing of it is built or deployed.";
  }

  private void note(ServiceSettings service, long now) {
    String text = another(service.repository(), now, service.repositoryId());
    for (Versioned<EnvironmentSettings> environment :
        records.list(Keys.environmentsOf(service.id()))) {
      Optional<Versioned<EnvironmentState>> state =
          records.get(Keys.environmentState(environment.value().id()));
      if (state.isPresent() && !text.equals(state.get().value().attention())) {
        EnvironmentState noted = state.get().value().withAttention(text);
        records.write().replace(state.get(), noted).commitOrRetry();
      }
    }
  }
}
