package io.cite.server.adapter.notify;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Keeps notices out of our own network: users choose where notices go, and CITE stands where users
 * cannot. A URL must be https without a user and with an ordinary host; the host is resolved once,
 * every address that it has must be public, and the connection is made to just those addresses, so
 * that a name which changes its address between check and use gains nothing.
 *
 * <p>Not covered: a service of ours that is itself reachable at a public address, and what a proxy
 * between CITE and the internet would let through.
 */
final class TargetAddress implements DnsResolver {
  /** Resolves a name; a test can stand in for the machine's own resolver. */
  interface Names {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /** The host has an address that must not be used. */
  static final class Refused extends UnknownHostException {
    Refused(String message) {
      super(message);
    }
  }

  private static final Pattern NAME =
      Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?\\.?");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

  private final boolean allowPrivate;
  private final Names names;

  TargetAddress(boolean allowPrivate, Names names) {
    this.allowPrivate = allowPrivate;
    this.names = names;
  }

  /**
   * Checks what can be checked without resolving.
   *
   * @throws Refused if the URL must not be used
   */
  void check(URI url) throws Refused {
    String host = url.getHost();
    if (host == null || url.getRawUserInfo() != null) {
      throw new Refused("it must have a host and no user");
    }
    if (allowPrivate) {
      return;
    }
    if (!"https".equalsIgnoreCase(url.getScheme())) {
      throw new Refused("it must be https");
    }
    String lower = host.toLowerCase(Locale.ROOT);
    // Everything else that a resolver might take for an address: 0x7f.1, 2130706433, 127.1,
    // 0177.0.0.1.
    if (!NAME.matcher(lower).matches()
        && !IPV4.matcher(lower).matches()
        && !lower.startsWith("[")) {
      throw new Refused("its host is neither a full domain name nor an IP address");
    }
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = names.of(host);
    for (InetAddress address : addresses) {
      if (!allowPrivate && !PublicAddress.is(address)) {
        throw new Refused("its host has an address that is not public");
      }
    }
    return addresses;
  }

  /** The name itself: what the DNS says of it is not asked again. */
  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
