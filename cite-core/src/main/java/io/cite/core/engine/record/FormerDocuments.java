package io.cite.core.engine.record;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Documents in the form of an earlier version, brought to the present form before a record is read
 * from them. A document that is in the present form already stays as it is.
 */
final class FormerDocuments {
  private static final String UNDONE = "undone";
  private static final String DETAIL = "detail";
  private static final String UNDONE_PREFIX = "undone; ";

  private FormerDocuments() {}

  /**
   * The document in the present form.
   *
   * @param record the simple name of the record that is read
   */
  static Map<String, Object> upgraded(String record, Map<String, Object> document) {
    return record.equals("StepRecord") && !document.containsKey(UNDONE)
        ? withUndone(document)
        : document;
  }

  /** Earlier versions said in the detail of a step that it was undone. */
  private static Map<String, Object> withUndone(Map<String, Object> document) {
    Map<String, Object> upgraded = new LinkedHashMap<>(document);
    upgraded.put(UNDONE, false);
    if (document.get(DETAIL) instanceof String detail && detail.startsWith(UNDONE_PREFIX)) {
      upgraded.put(UNDONE, true);
      upgraded.put(DETAIL, detail.substring(UNDONE_PREFIX.length()));
    }
    return upgraded;
  }
}
