package io.cite.server.adapter.elasticsearch;

import co.elastic.clients.elasticsearch.indices.PutIndexTemplateRequest;
import io.cite.core.domain.service.Namespace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The index template of a namespace's logs; its mappings are a JSON document beside this class. */
final class LogTemplate {
  /** Raised whenever the document changes, so that templates made earlier are replaced. */
  static final long VERSION = 1;

  private static final long LOWEST_PRIORITY = 500;

  private LogTemplate() {}

  /**
   * The request that makes it. Of the templates for {@code acme-*} and {@code acme-corp-*} both
   * match {@code acme-corp-2026.01.01}, which Elasticsearch refuses unless one has priority; the
   * longer name shall have it.
   */
  static PutIndexTemplateRequest of(Namespace namespace) {
    try (InputStream document = LogTemplate.class.getResourceAsStream("log-template.json")) {
      return new PutIndexTemplateRequest.Builder()
          .withJson(Objects.requireNonNull(document))
          .name(DataViews.id(namespace))
          .indexPatterns(DataViews.pattern(namespace))
          .version(VERSION)
          .priority(LOWEST_PRIORITY + namespace.value().length())
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
