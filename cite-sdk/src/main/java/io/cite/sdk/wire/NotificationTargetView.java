package io.cite.sdk.wire;

import org.jspecify.annotations.Nullable;

/**
 * Where notifications of a service go.
 *
 * @param type {@code slack} or {@code webhook}
 * @param url the address to post to; servers may shorten it in answers, for it is as good as a
 *     password
 */
public record NotificationTargetView(String type, @Nullable String url) {

  @Override
  public String toString() {
    return "NotificationTargetView[type=" + type + ", url=***]";
  }
}
