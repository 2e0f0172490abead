package io.cite.server.adapter.jdbi;

import io.cite.core.error.Upstream;
import io.cite.core.port.Documents;
import io.cite.core.port.MetadataStore.Entry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Rows of the table {@code document}. */
final class DocumentRows {
  static final String COLUMNS = "document_key, content, create_revision, revision";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();

  private DocumentRows() {}

  static String content(Map<String, Object> document) {
    return JSON.writeValueAsString(Documents.copyOf(document));
  }

  static Entry entry(ResultSet row, StatementContext context) throws SQLException {
    String key = row.getString(1);
    return new Entry(key, document(key, row.getString(2)), row.getLong(3), row.getLong(4));
  }

  private static Map<String, Object> document(String key, String content) {
    try {
      return Documents.copyOf(JSON.readValue(content, Map.class));
    } catch (JacksonException | IllegalArgumentException failure) {
      throw Upstream.permanent("embedded store", "read " + key, "it is not a document", failure);
    }
  }
}
