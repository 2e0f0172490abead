package io.cite.server.web;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;

/** Where the pages of things are. Names are such that they need no escaping. */
final class Hrefs {
  private Hrefs() {}

  static String of(ServiceId service) {
    return "/services/" + service;
  }

  static String settings(ServiceId service) {
    return "/settings/" + service;
  }

  static String of(EnvironmentId environment) {
    return of(environment.service()) + "/" + environment.slug();
  }

  static String deployment(EnvironmentId environment, long seq) {
    return of(environment) + "/deployments/" + seq;
  }

  static String build(EnvironmentId environment, long number) {
    return of(environment) + "/builds/" + number;
  }

  static String why(RepositoryName repository, CommitId commit) {
    return "/why/" + repository + "/" + commit;
  }
}
