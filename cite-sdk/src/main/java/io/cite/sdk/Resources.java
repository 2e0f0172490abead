package io.cite.sdk;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The ways in which every kind of resource is read and changed. */
final class Resources {
  final Transport transport;

  Resources(Transport transport) {
    this.transport = transport;
  }

  <T> ETagged<T> get(Class<T> type, Object... path) {
    return transport.versioned(Call.get(path), type);
  }

  <T> T post(Class<T> type, @Nullable Object body, Object... path) {
    Call call = Call.post(path);
    return transport.json(body == null ? call : call.body(body), type);
  }

  <T> ETagged<T> patch(Class<T> type, Object body, @Nullable String etag, Object... path) {
    return transport.versioned(new Call("PATCH", path).body(body).header("If-Match", etag), type);
  }

  void delete(@Nullable String etag, Object... path) {
    transport.exchange(new Call("DELETE", path).header("If-Match", etag));
  }

  <T> T delete(Class<T> type, Object... path) {
    return transport.json(new Call("DELETE", path), type);
  }

  <T> Paged<T> list(Class<T> item, Object... path) {
    return new Paged<>(
        cursor ->
            transport.json(Call.get(path).query("cursor", cursor), transport.json.pageOf(item)));
  }

  static Object[] join(Object[] path, Object... more) {
    Object[] joined = Arrays.copyOf(path, path.length + more.length);
    System.arraycopy(more, 0, joined, path.length, more.length);
    return joined;
  }
}
