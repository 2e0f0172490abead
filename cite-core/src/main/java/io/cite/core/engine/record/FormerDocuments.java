package io.cite.core.engine.record;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.StepRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Documents in the form of an earlier version, brought to the present form before a record is read
 * from them. A document that is in the present form already stays as it is.
 */
final class FormerDocuments {
  private static final String LOG_URL = "logUrl";
  private static final String UNDONE = "undone";
  private static final String DETAIL = "detail";
  private static final String UNDONE_PREFIX = "undone; ";
  private static final String BRANCH_DELETED = "branchDeleted";
  private static final String ATTENTION = "attention";

  private FormerDocuments() {}

  /** The document in the present form of that record. */
  static Map<String, Object> upgraded(Class<?> record, Map<String, Object> document) {
    if (record == StepRecord.class && !document.containsKey(UNDONE)) {
      return withUndone(document);
    }
    if (record == EnvironmentState.class && !document.containsKey(BRANCH_DELETED)) {
      return withBranchDeleted(document);
    }
    if (record == Build.Result.class
        && document.get(LOG_URL) instanceof String url
        && LogUrl.find(url).isEmpty()) {
      Map<String, Object> upgraded = new LinkedHashMap<>(document);
      upgraded.remove(LOG_URL);
      return upgraded;
    }
    return document;
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

  /** Earlier versions said in what needs attention that the branch was deleted. */
  private static Map<String, Object> withBranchDeleted(Map<String, Object> document) {
    EnvironmentId id = EnvironmentId.parse(String.valueOf(document.get("id")));
    Map<String, Object> upgraded = new LinkedHashMap<>(document);
    boolean deleted =
        ("the branch " + id.branch() + " was deleted").equals(document.get(ATTENTION));
    upgraded.put(BRANCH_DELETED, deleted);
    if (deleted) {
      upgraded.remove(ATTENTION);
    }
    return upgraded;
  }
}
