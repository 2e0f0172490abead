package io.cite.server.adapter.notify;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses lie in the public internet.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's special IPv4
 *     addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA's special IPv6
 *     addresses</a>
 */
final class PublicAddress {
  /** First address and length of the prefix. */
  private record Range(int address, int bits) {
    boolean contains(int other) {
      return ((address ^ other) >>> (32 - bits)) == 0;
    }

    static Range of(int a, int b, int c, int bits) {
      return new Range(a << 24 | b << 16 | c << 8, bits);
    }
  }

  private static final List<Range> NOT_PUBLIC =
      List.of(
          Range.of(0, 0, 0, 8),
          Range.of(10, 0, 0, 8),
          Range.of(100, 64, 0, 10),
          Range.of(127, 0, 0, 8),
          Range.of(169, 254, 0, 16),
          Range.of(172, 16, 0, 12),
          Range.of(192, 0, 0, 24),
          Range.of(192, 0, 2, 24),
          Range.of(192, 88, 99, 24),
          Range.of(192, 168, 0, 16),
          Range.of(198, 18, 0, 15),
          Range.of(198, 51, 100, 24),
          Range.of(203, 0, 113, 24),
          Range.of(224, 0, 0, 3));

  private PublicAddress() {}

  /** Whether anyone in the internet could be reached under this address. */
  static boolean is(InetAddress address) {
    if (address instanceof Inet4Address) {
      int number = number(address.getAddress(), 0);
      return NOT_PUBLIC.stream().noneMatch(range -> range.contains(number));
    }
    return address instanceof Inet6Address && isPublic6(address.getAddress());
  }

  /** Global unicast, less documentation, protocol assignments and the ways to IPv4 through it. */
  private static boolean isPublic6(byte[] bytes) {
    int head = number(bytes, 0);
    boolean isGlobalUnicast = head >>> 29 == 1;
    boolean isProtocolAssignment = head >>> 9 == 0x20010000 >>> 9;
    boolean isDocumentation = head == 0x20010db8 || head >>> 12 == 0x3fff0000 >>> 12;
    boolean is6to4 = head >>> 16 == 0x2002;
    return isGlobalUnicast && !isProtocolAssignment && !isDocumentation && !is6to4;
  }

  private static int number(byte[] bytes, int from) {
    return (bytes[from] & 0xff) << 24
        | (bytes[from + 1] & 0xff) << 16
        | (bytes[from + 2] & 0xff) << 8
        | (bytes[from + 3] & 0xff);
  }
}
