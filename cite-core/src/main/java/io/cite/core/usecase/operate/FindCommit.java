package io.cite.core.usecase.operate;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.source.Repositories;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the id of a commit as people write it: all 40 digits, or the first 7 or more. Commits that
 * CITE knows come first; of others the source host is asked. Refused with {@link InvalidInput} for
 * what is no id, or no commit's, and with {@link Conflict} if several commits begin so.
 */
public final class FindCommit {
  private static final int DIGITS = 40;
  private static final int SHOWN = 10;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{7," + DIGITS + "}");

  private final Stores stores;
  private final Repositories repositories;

  /** The use case on these stores. */
  public FindCommit(Stores stores, Repositories repositories) {
    this.stores = stores;
    this.repositories = repositories;
  }

  /** Which commit of which repository, as somebody wrote it. */
  public record Command(RepositoryName repository, String text) {}

  /** The full id; of a full one it is not asked whether there is such a commit. */
  public CommitId execute(Command command) {
    String id = command.text().strip().toLowerCase(Locale.ROOT);
    if (!ID.matcher(id).matches()) {
      String shown = id.length() > DIGITS ? id.substring(0, DIGITS) + "..." : id;
      throw new InvalidInput(
          "The commit '" + shown + "' is not a commit id. Give 7 to 40 hexadecimal digits.");
    }
    if (id.length() == DIGITS) {
      return new CommitId(id);
    }
    TreeSet<String> known = new TreeSet<>();
    for (ServiceId service : stores.services().madeFrom(command.repository())) {
      stores
          .environments()
          .of(service)
          .forEach(environment -> collect(environment.value().id(), id, known));
    }
    collect(stores.deliveries().of(command.repository()), id, known);
    if (known.size() > 1) {
      throw new Conflict(
          ErrorCode.AMBIGUOUS_COMMIT,
          "Several commits begin with "
              + id
              + ": "
              + known.stream().limit(SHOWN).collect(Collectors.joining(", "))
              + ". Give more digits.");
    }
    return known.stream()
        .findFirst()
        .map(CommitId::new)
        .or(() -> repositories.find(command.repository(), id))
        .orElseThrow(
            () ->
                new InvalidInput(
                    ErrorCode.COMMIT_NOT_FOUND,
                    "The repository "
                        + command.repository()
                        + " has no commit that begins with "
                        + id
                        + ", or more than one. Give its full id."));
  }

  /** The same for an environment of a service. */
  public CommitId execute(EnvironmentId environment, String text) {
    return execute(
        new Command(stores.services().settings(environment.service()).value().repository(), text));
  }

  private void collect(EnvironmentId environment, String id, Collection<String> known) {
    for (Build build : stores.builds().of(environment)) {
      add(build.commit(), id, known);
    }
    for (Deployment deployment : stores.deployments().of(environment)) {
      add(deployment.commit(), id, known);
    }
    stores
        .environments()
        .findState(environment)
        .map(state -> state.value().head())
        .ifPresent(head -> add(head, id, known));
  }

  private static void collect(
      Collection<Delivery> deliveries, String id, Collection<String> known) {
    for (Delivery delivery : deliveries) {
      CommitId commit = delivery.commit();
      if (commit != null) {
        add(commit, id, known);
      }
      if (delivery.content() instanceof SourceEvent.Pushed push) {
        push.commits().forEach(other -> add(other, id, known));
      }
    }
  }

  private static void add(CommitId commit, String id, Collection<String> known) {
    if (commit.value().startsWith(id)) {
      known.add(commit.value());
    }
  }
}
