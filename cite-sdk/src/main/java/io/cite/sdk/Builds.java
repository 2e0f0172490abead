package io.cite.sdk;

import io.cite.sdk.wire.BuildRequest;
import io.cite.sdk.wire.BuildView;
import org.jspecify.annotations.Nullable;

/** The builds of one environment. Thread-safe; failures as in {@link CiteClient}. */
public final class Builds {
  private final Resources resources;
  private final Object[] all;

  Builds(Resources resources, EnvironmentRef environment) {
    this.resources = resources;
    this.all = Resources.join(Environments.path(environment), "builds");
  }

  /** Asks for a build of the branch's head. */
  public BuildView start() {
    return start(null);
  }

  /**
   * Asks for a build of a commit, by its id or the first 7 digits; null means the branch's head. If
   * a build of that commit waits to begin, that one is answered.
   */
  public BuildView start(@Nullable String commit) {
    return resources.post(BuildView.class, new BuildRequest(commit), all);
  }

  /** One build; status 404 if there is none. */
  public BuildView get(long number) {
    return resources.get(BuildView.class, Resources.join(all, number)).value();
  }

  /** Cancels a build that has not ended; status 409 if it has. */
  public BuildView cancel(long number) {
    return resources.post(BuildView.class, null, Resources.join(all, number, "cancel"));
  }

  /** All of them, newest first. */
  public Paged<BuildView> list() {
    return resources.list(BuildView.class, all);
  }

  /** The log of a build as text. */
  public String log(long number) {
    return resources.transport.exchange(Call.get(Resources.join(all, number, "log"))).body();
  }
}
