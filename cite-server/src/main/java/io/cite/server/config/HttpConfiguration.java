package io.cite.server.config;

import io.cite.server.config.ConfigurationKey.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How CITE is reached.
 *
 * @param port 0 takes a free one
 * @param publicUrl the URL under which GitHub and people reach CITE, without a slash at the end
 * @param maxThreads platform threads that answer requests
 * @param virtualThreads whether requests are answered by virtual threads if the JVM has them
 * @param apiLimit requests per minute of one token
 * @param unsignedLimit badly signed webhooks, or requests with a wrong token, per minute from one
 *     address
 * @param signInLimit attempts to sign in per minute from one address
 * @param healthPort port for health alone, 0 for a free one; null for none
 * @param bodyTimeout how long the body of a request may take to arrive
 * @param bodyMemory MiB for the bodies of requests that were not answered yet
 * @param trustedProxies addresses, or ranges as {@code 10.0.0.0/8}, of the proxies whose word on
 *     where a request comes from counts
 */
public record HttpConfiguration(
    String host,
    int port,
    URI publicUrl,
    int maxThreads,
    boolean virtualThreads,
    int apiLimit,
    int unsignedLimit,
    int signInLimit,
    @Nullable Integer healthPort,
    Duration bodyTimeout,
    int bodyMemory,
    List<String> trustedProxies) {
  private static final Pattern ADDRESSES = Pattern.compile("[0-9a-fA-F.:]+(?:/[0-9]{1,3})?");
  private static final ConfigurationKey HOST =
      ConfigurationKey.of("http.host", Kind.TEXT, "0.0.0.0", "Address on which CITE listens");
  private static final ConfigurationKey PORT =
      ConfigurationKey.of(
          "http.port", Kind.NUMBER, "7070", "Port on which CITE listens. 0 uses a free port");
  private static final ConfigurationKey PUBLIC_URL =
      ConfigurationKey.required(
          "http.publicUrl", Kind.URL, "URL under which GitHub and people reach CITE");
  private static final ConfigurationKey MAX_THREADS =
      ConfigurationKey.of(
          "http.maxThreads", Kind.NUMBER, "64", "Platform threads that answer requests");
  private static final ConfigurationKey VIRTUAL_THREADS =
      ConfigurationKey.of(
          "http.virtualThreads",
          Kind.FLAG,
          "true",
          "Whether virtual threads answer requests, on Java 21 and newer");
  private static final ConfigurationKey API_LIMIT =
      ConfigurationKey.of(
          "http.limits.api", Kind.NUMBER, "300", "Requests per minute of one API token");
  private static final ConfigurationKey UNSIGNED_LIMIT =
      ConfigurationKey.of(
          "http.limits.unsigned",
          Kind.NUMBER,
          "60",
          "Webhooks with a wrong signature and requests without a valid token, per minute from one address");
  private static final ConfigurationKey SIGN_IN_LIMIT =
      ConfigurationKey.of(
          "http.limits.signIn",
          Kind.NUMBER,
          "10",
          "Attempts to sign in to the web UI, per minute from one address");
  private static final ConfigurationKey HEALTH_PORT =
      ConfigurationKey.optional(
          "http.healthPort",
          Kind.NUMBER,
          "Second port, for /healthz and /readyz only. Other requests cannot use up its threads");
  private static final ConfigurationKey BODY_TIMEOUT =
      ConfigurationKey.of(
          "http.bodyTimeout",
          Kind.DURATION,
          "30s",
          "How long the body of a request may take to arrive");
  private static final ConfigurationKey BODY_MEMORY =
      ConfigurationKey.of(
          "http.bodyMemory",
          Kind.NUMBER,
          "64",
          "Memory in MiB for the bodies of requests that were not answered yet. If it is used up, a request with a body is answered 503");
  private static final ConfigurationKey TRUSTED_PROXIES =
      ConfigurationKey.optional(
          "http.trustedProxies",
          Kind.LIST,
          "Addresses or ranges (10.0.0.0/8) of proxies whose X-Forwarded-For or Forwarded counts");

  static final List<ConfigurationKey> KEYS =
      List.of(
          HOST,
          PORT,
          PUBLIC_URL,
          MAX_THREADS,
          VIRTUAL_THREADS,
          API_LIMIT,
          UNSIGNED_LIMIT,
          SIGN_IN_LIMIT,
          HEALTH_PORT,
          BODY_TIMEOUT,
          BODY_MEMORY,
          TRUSTED_PROXIES);

  public HttpConfiguration {
    trustedProxies = List.copyOf(trustedProxies);
  }

  static HttpConfiguration from(Values values) {
    return new HttpConfiguration(
        values.text(HOST),
        values.number(PORT, 0, 65_535),
        values.requiredUrl(PUBLIC_URL),
        values.number(MAX_THREADS, 8, 1_000),
        values.flag(VIRTUAL_THREADS),
        values.number(API_LIMIT, 1, 1_000_000),
        values.number(UNSIGNED_LIMIT, 1, 1_000_000),
        values.number(SIGN_IN_LIMIT, 1, 1_000_000),
        values.optionalNumber(HEALTH_PORT, 0, 65_535),
        values.duration(BODY_TIMEOUT),
        values.number(BODY_MEMORY, 40, 16_384),
        proxies(values));
  }

  private static List<String> proxies(Values values) {
    List<String> proxies = values.list(TRUSTED_PROXIES);
    for (String proxy : proxies) {
      if (!ADDRESSES.matcher(proxy).matches()) {
        values.mistake(
            TRUSTED_PROXIES,
            "must be IP addresses or ranges such as 10.0.0.0/8, not '" + proxy + "'");
        return List.of();
      }
    }
    return proxies;
  }
}
