package io.cite.sdk;

import io.cite.sdk.wire.CreateServiceRequest;
import io.cite.sdk.wire.PlanView;
import io.cite.sdk.wire.ServiceView;
import io.cite.sdk.wire.UpdateServiceRequest;
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
  public ServiceView create(CreateServiceRequest request) {
    return resources.post(ServiceView.class, request, "services");
  }

  /** What {@link #create} would do; changes nothing. */
  public PlanView plan(CreateServiceRequest request) {
    return resources.transport.json(
        Call.post("services").query("dryRun", true).body(request), PlanView.class);
  }

  /** One service; status 404 if there is none that the caller may see. */
  public ServiceView get(ServiceRef service) {
    return getWithETag(service).value();
  }

  /** One service with its version, for a change that must not overwrite somebody else's. */
  public ETagged<ServiceView> getWithETag(ServiceRef service) {
    return resources.get(ServiceView.class, path(service));
  }

  /** All of them. */
  public Paged<ServiceView> list() {
    return resources.list(ServiceView.class, "services");
  }

  /** Changes settings of the service as it is now. */
  public ETagged<ServiceView> update(ServiceRef service, UpdateServiceRequest settings) {
    return update(service, settings, getWithETag(service).etag());
  }

  /** Changes settings if the service still has that version, else fails with status 412. */
  public ETagged<ServiceView> update(
      ServiceRef service, UpdateServiceRequest settings, @Nullable String etag) {
    return resources.patch(ServiceView.class, settings, etag, path(service));
  }

  /** Begins to remove the service and everything CITE made for it. */
  public void delete(ServiceRef service) {
    delete(service, getWithETag(service).etag());
  }

  /** Begins to remove the service if it still has that version, else fails with status 412. */
  public void delete(ServiceRef service, @Nullable String etag) {
    resources.delete(etag, path(service));
  }

  static Object[] path(ServiceRef service) {
    return new Object[] {"services", service.namespace(), service.name()};
  }
}
