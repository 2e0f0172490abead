package io.cite.core.engine.record.schema;

/**
 * Where a record of one type is stored.
 *
 * @param path the key in the store
 * @param type what is stored there
 */
public record Key<T extends Record>(String path, Class<T> type) {
  /**
   * Says that something is to be done about a record.
   *
   * @param key of the record
   */
  public record OpenMark(String key) {}

  @Override
  public String toString() {
    return path;
  }
}
