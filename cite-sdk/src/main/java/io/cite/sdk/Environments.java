package io.cite.sdk;

import io.cite.sdk.wire.AddEnvironmentRequest;
import io.cite.sdk.wire.EnvironmentView;
import io.cite.sdk.wire.UpdateEnvironmentRequest;
import org.jspecify.annotations.Nullable;

/** The environments of one service. Thread-safe; failures as in {@link CiteClient}. */
public final class Environments {
  private final Resources resources;
  private final ServiceRef service;

  Environments(Resources resources, ServiceRef service) {
    this.resources = resources;
    this.service = service;
  }

  /** Adds an environment for a branch, with settings copied from the service. */
  public EnvironmentView add(String branch) {
    return resources.post(EnvironmentView.class, new AddEnvironmentRequest(branch), all());
  }

  /** One environment; status 404 if there is none. */
  public EnvironmentView get(String slug) {
    return getWithETag(slug).value();
  }

  /** One environment with its version, for a change that must not overwrite somebody else's. */
  public ETagged<EnvironmentView> getWithETag(String slug) {
    return resources.get(EnvironmentView.class, path(service.environment(slug)));
  }

  /** All of them. */
  public Paged<EnvironmentView> list() {
    return resources.list(EnvironmentView.class, all());
  }

  /** Changes settings of the environment as it is now. */
  public ETagged<EnvironmentView> update(String slug, UpdateEnvironmentRequest settings) {
    return update(slug, settings, getWithETag(slug).etag());
  }

  /** Changes settings if the environment still has that version, else fails with status 412. */
  public ETagged<EnvironmentView> update(
      String slug, UpdateEnvironmentRequest settings, @Nullable String etag) {
    return resources.patch(EnvironmentView.class, settings, etag, path(service.environment(slug)));
  }

  /** Begins to remove the environment and what runs in it. */
  public void delete(String slug) {
    delete(slug, getWithETag(slug).etag());
  }

  /** Begins to remove the environment if it still has that version, else fails with status 412. */
  public void delete(String slug, @Nullable String etag) {
    resources.delete(etag, path(service.environment(slug)));
  }

  /**
   * Lets commits deploy by themselves again after a rollback; harmless if there is no pin. What is
   * returned says which commit waits, if one does, and what makes it live.
   */
  public EnvironmentView clearPin(String slug) {
    return resources.delete(
        EnvironmentView.class, Resources.join(path(service.environment(slug)), "pin"));
  }

  private Object[] all() {
    return Resources.join(Services.path(service), "environments");
  }

  static Object[] path(EnvironmentRef environment) {
    return Resources.join(Services.path(environment.service()), "environments", environment.slug());
  }
}
