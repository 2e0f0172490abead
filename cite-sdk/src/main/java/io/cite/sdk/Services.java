package io.cite.sdk;

import io.cite.sdk.wire.CreateService;
import io.cite.sdk.wire.Plan;
import io.cite.sdk.wire.Service;
import io.cite.sdk.wire.ServiceSettings;
import org.jspecify.annotations.Nullable;

/** The services that the caller may see. Thread-safe; failures as in {@link CiteClient}. */
public final class Services {
  private final Resources resources;

  Services(Resources resources) {
    this.resources = resources;
  }

  /**
   * Begins to create a service and returns it as {@code CREATING}. Asking again for the same
   * repository and branch fails with status 409 while it exists.
   */
  public Service create(CreateService wish) {
    return resources.post(Service.class, wish, "services");
  }

  /** What {@link #create} would do; changes nothing. */
  public Plan plan(CreateService wish) {
    return resources.transport.json(
        Call.post("services").query("dryRun", true).body(wish), Plan.class);
  }

  /** One service; status 404 where there is none that the caller may see. */
  public Service get(ServiceRef service) {
    return getVersioned(service).value();
  }

  /** One service with its version, for a change that must not overwrite somebody else's. */
  public Versioned<Service> getVersioned(ServiceRef service) {
    return resources.get(Service.class, path(service));
  }

  /** All of them. */
  public Paged<Service> list() {
    return resources.list(Service.class, "services");
  }

  /** Changes settings of the service as it is now. */
  public Versioned<Service> update(ServiceRef service, ServiceSettings settings) {
    return update(service, settings, getVersioned(service).etag());
  }

  /** Changes settings if the service still has that version, else fails with status 412. */
  public Versioned<Service> update(
      ServiceRef service, ServiceSettings settings, @Nullable String etag) {
    return resources.patch(Service.class, settings, etag, path(service));
  }

  /** Begins to remove the service and everything CITE made for it. */
  public void delete(ServiceRef service) {
    delete(service, getVersioned(service).etag());
  }

  /** Begins to remove the service if it still has that version, else fails with status 412. */
  public void delete(ServiceRef service, @Nullable String etag) {
    resources.delete(etag, path(service));
  }

  static Object[] path(ServiceRef service) {
    return new Object[] {"services", service.namespace(), service.name()};
  }
}
