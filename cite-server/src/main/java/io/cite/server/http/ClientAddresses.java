package io.cite.server.http;

import io.cite.core.error.InvalidInput;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.util.InetAddressSet;
import org.jspecify.annotations.Nullable;

/**
 * Which address a request comes from. A proxy that is trusted says whom it speaks for, in {@code
 * X-Forwarded-For} or {@code Forwarded}. Each proxy appends to these headers, so they are read from
 * their end up to the first address that is no trusted proxy; what stands before it, a client can
 * have made up. If both headers are there and name different addresses, neither counts, because a
 * proxy hands on the one that it does not write. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239">RFC 7239, Forwarded</a>
 */
public final class ClientAddresses {
  private static final Pattern FORWARDED_FOR =
      Pattern.compile("(?:^|[;,])\\s*for\\s*=\\s*\"?([^;,\"]*)", Pattern.CASE_INSENSITIVE);

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

  /** An IPv6 address in brackets or an IPv4 address, each perhaps with a port; or a bare IPv6. */
  private static final Pattern NODE =
      Pattern.compile(
          "\\[([0-9a-fA-F:.]+)](?::\\d+)?"
              + "|("
              + OCTET
              + "(?:\\."
              + OCTET
              + "){3})(?::\\d+)?"
              + "|([0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)");

  private final InetAddressSet proxies = new InetAddressSet();

  /**
   * Trusts these proxies.
   *
   * @param trusted addresses or ranges in CIDR notation
   * @throws InvalidInput if one is neither
   */
  public ClientAddresses(List<String> trusted) {
    for (String proxy : trusted) {
      try {
        proxies.add(proxy);
      } catch (IllegalArgumentException e) {
        throw new InvalidInput("http.trustedProxies has no address or range '" + proxy + "'");
      }
    }
  }

  /** The client's address as text; that of the connection unless a trusted proxy names another. */
  public String of(Context ctx) {
    if (proxies.isEmpty() || !isTrusted(ctx.ip())) {
      return ctx.ip();
    }
    String listed = client(ctx, "X-Forwarded-For", ClientAddresses::commaSeparated);
    String forwarded = client(ctx, "Forwarded", ClientAddresses::forwardedFor);
    if (listed == null || forwarded == null) {
      String named = listed == null ? forwarded : listed;
      return named == null ? ctx.ip() : named;
    }
    return listed.equals(forwarded) ? listed : ctx.ip();
  }

  /** The last address that is no trusted proxy; null if the header is missing or unreadable. */
  private @Nullable String client(
      Context ctx, String header, Function<String, Stream<String>> nodes) {
    List<String> chain = new ArrayList<>();
    ctx.req()
        .getHeaders(header)
        .asIterator()
        .forEachRemaining(value -> nodes.apply(value).forEach(chain::add));
    String client = null;
    for (int i = chain.size() - 1; i >= 0; i--) {
      client = address(chain.get(i));
      if (client == null || !isTrusted(client)) {
        return client;
      }
    }
    return client;
  }

  private static Stream<String> commaSeparated(String value) {
    return Stream.of(value.split(","));
  }

  private static Stream<String> forwardedFor(String value) {
    return FORWARDED_FOR.matcher(value).results().map(found -> found.group(1));
  }

  /** The address in one form, without a port; null for a name, an obfuscated node or nonsense. */
  private static @Nullable String address(String node) {
    Matcher matcher = NODE.matcher(node.strip());
    if (!matcher.matches()) {
      return null;
    }
    try {
      String literal =
          Stream.of(1, 2, 3).map(matcher::group).filter(Objects::nonNull).findFirst().orElseThrow();
      return InetAddress.getByName(literal).getHostAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private boolean isTrusted(String address) {
    try {
      return proxies.test(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
