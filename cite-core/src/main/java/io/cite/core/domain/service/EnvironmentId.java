package io.cite.core.domain.service;

import io.cite.core.domain.source.BranchName;
import java.util.Comparator;

/**
 * Identity of an environment: one branch of a service as it runs in the cluster. The branch's slug
 * follows from the branch; the branch is carried because it does not follow from the slug.
 */
public record EnvironmentId(ServiceId service, BranchName branch)
    implements Comparable<EnvironmentId> {
  private static final Comparator<EnvironmentId> ORDER =
      Comparator.comparing(EnvironmentId::service).thenComparing(EnvironmentId::branch);

  /** Reads {@code namespace/service/branch}; the branch may have slashes of its own. */
  public static EnvironmentId parse(String text) {
    int first = text.indexOf('/');
    int second = text.indexOf('/', first + 1);
    if (first < 0 || second < 0) {
      throw new io.cite.core.error.InvalidInput(
          "The environment '" + text + "' must be written as namespace/service/branch");
    }
    return new EnvironmentId(
        ServiceId.parse(text.substring(0, second)), BranchName.parse(text.substring(second + 1)));
  }

  /** The namespace that it runs in. */
  public Namespace namespace() {
    return service.namespace();
  }

  /** The branch as it appears in URLs, labels and object names. */
  public BranchSlug slug() {
    return BranchSlug.of(branch);
  }

  /**
   * The environment's name, which is the name of its Kubernetes Service: {@code {service}-{slug}},
   * with a hash in place of the end if that would be longer than 63 characters. Two environments of
   * one namespace can have one name ({@code a} + {@code b-c} and {@code a-b} + {@code c}); the
   * store lets only one of them take it.
   */
  public String name() {
    String name = service.name() + "-" + slug();
    return name.length() <= DnsName.MAX ? name : DnsName.hashed(name, DnsName.MAX);
  }

  @Override
  public int compareTo(EnvironmentId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return service + "/" + branch;
  }
}
