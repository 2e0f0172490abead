package io.cite.server.adapter.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetAddressTest {
  private final TargetAddress strict = new TargetAddress(false, InetAddress::getAllByName);
  private final TargetAddress open = new TargetAddress(true, InetAddress::getAllByName);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.com/x",
        "https://localhost/x",
        "https://user@hooks.example.com/x",
        "https://2130706433/x",
        "https://0x7f000001/x",
        "https://0x7f.1/x",
        "https://127.1/x",
        "https://0177.0.0.1/x",
        "https://010.8.8.8/x",
        "ftp://hooks.example.com/x"
      })
  void refusesAUrlThatIsNotPlain(String url) {
    assertThatThrownBy(() -> strict.check(URI.create(url)))
        .isInstanceOf(TargetAddress.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void refusesAnAddressThatIsNotPublic(String address) throws UnknownHostException {
    assertThat(PublicAddress.is(InetAddress.getByName(address))).isFalse();
    assertThatThrownBy(() -> strict.resolve(address)).isInstanceOf(TargetAddress.Refused.class);
    assertThatCode(() -> open.resolve(address)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "100.128.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:4860:4860::8888"
      })
  void takesAPublicAddress(String address) throws UnknownHostException {
    assertThat(strict.resolve(address)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.slack.com/services/T/B/x",
        "https://HOOKS.example.com:8443/x",
        "https://xn--bcher-kva.example/x",
        "https://8.8.8.8/x",
        "https://[2606:4700::1111]/x"
      })
  void takesAPlainUrl(String url) {
    assertThatCode(() -> strict.check(URI.create(url))).doesNotThrowAnyException();
  }

  @Test
  void refusesANameWithOnePrivateAddressAmongPublicOnes() {
    TargetAddress mixed =
        new TargetAddress(
            false,
            host ->
                new InetAddress[] {
                  InetAddress.getByName("8.8.8.8"), InetAddress.getByName("127.0.0.1")
                });

    assertThatThrownBy(() -> mixed.resolve("rebind.example.com"))
        .isInstanceOf(TargetAddress.Refused.class);
  }
}
