package io.cite.server.adapter.elasticsearch;

import io.cite.core.domain.service.Namespace;

/** What makes the logs of a namespace selectable in Kibana. */
sealed interface DataViews permits KibanaDataViews, IndexPatternDocuments {

  /** Makes the view unless it is there; tells whether this call made it. */
  boolean ensure(Namespace namespace);

  /** Removes the view; does nothing if there is none. */
  void remove(Namespace namespace);

  /** The view's id, which is also the name of the index template. */
  static String id(Namespace namespace) {
    return "cite-" + namespace;
  }

  /** The indexes that are seen through it. */
  static String pattern(Namespace namespace) {
    return namespace + "-*";
  }
}
