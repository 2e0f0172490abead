package io.cite.core.domain.service;

import io.cite.core.error.InvalidInput;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where notices of a service are sent.
 *
 * @param type the form of the message
 * @param url where it is posted; whoever knows a Slack URL can write to its channel, so the path is
 *     never shown
 */
public record NotificationTarget(Type type, String url) {

  /**
   * A target as it is stored.
   *
   * @param url its scheme, host and port; the whole URL if an earlier version stored it
   * @param sealedUrl the whole URL, sealed; null if an earlier version stored it
   */
  public record Sealed(Type type, String url, @Nullable String sealedUrl) {

    /** The target without what must stay secret. */
    public String shown() {
      return NotificationTarget.shown(url);
    }
  }

  /** The forms of a message. */
  public enum Type {
    /** A Slack incoming webhook. */
    SLACK,
    /** A JSON document. */
    WEBHOOK;

    /** Reads {@code slack} or {@code webhook}. */
    public static Type parse(String text) {
      for (Type type : values()) {
        if (type.name().toLowerCase(Locale.ROOT).equals(text)) {
          return type;
        }
      }
      throw new InvalidInput("The notification type '" + text + "' must be slack or webhook");
    }
  }

  public NotificationTarget {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new InvalidInput("The notification URL is not a URL");
    }
    if (uri.getHost() == null
        || uri.getUserInfo() != null
        || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
      throw new InvalidInput(
          "The notification URL must be an http or https URL with a host and without a user");
    }
    if (uri.getPort() != -1) {
      ContainerPorts.check(uri.getPort());
    }
  }

  /** The target without what must stay secret. */
  public String shown() {
    return shown(url);
  }

  @Override
  public String toString() {
    return "NotificationTarget[type=" + type + ", url=" + shown() + "]";
  }

  private static String shown(String url) {
    URI uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }
}
