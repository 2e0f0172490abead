package io.cite.sdk;

import io.cite.sdk.wire.Build;
import io.cite.sdk.wire.BuildRequest;
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
  public Build start() {
    return start(null);
  }

  /**
   * Asks for a build of a commit, by its full id; null means the branch's head. Where a build of
   * that commit waits to begin, that one is answered.
   */
  public Build start(@Nullable String commit) {
    return resources.post(Build.class, new BuildRequest(commit), all);
  }

  /** One build; status 404 where there is none. */
  public Build get(long number) {
    return resources.get(Build.class, Resources.join(all, number)).value();
  }

  /** All of them, newest first. */
  public Paged<Build> list() {
    return resources.list(Build.class, all);
  }

  /** The log of a build as text. */
  public String log(long number) {
    return resources.transport.exchange(Call.get(Resources.join(all, number, "log"))).body();
  }
}
