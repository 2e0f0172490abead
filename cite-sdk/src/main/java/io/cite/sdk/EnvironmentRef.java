package io.cite.sdk;

/**
 * Names an environment.
 *
 * @param service the service it belongs to
 * @param slug the branch as a DNS-safe word, as the environment's record has it
 */
public record EnvironmentRef(ServiceRef service, String slug) {
  /** The slug may not be blank or contain a slash. */
  public EnvironmentRef {
    ServiceRef.requireWord("branch slug", slug);
  }

  @Override
  public String toString() {
    return service + "/" + slug;
  }
}
