/** Indexes and searches pod logs in Elasticsearch, and makes them visible in Kibana. */
@NullMarked
package io.cite.server.adapter.elasticsearch;

import org.jspecify.annotations.NullMarked;
