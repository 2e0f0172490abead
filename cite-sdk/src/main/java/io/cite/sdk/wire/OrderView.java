package io.cite.sdk.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that a caller can send.
 *
 * @param method such as {@code POST}
 * @param path on the same server
 * @param body the fields of its JSON body; null if it has none
 */
public record OrderView(String method, String path, @Nullable Map<String, String> body) {
  public OrderView {
    body = Wire.mapOrNull(body);
  }
}
