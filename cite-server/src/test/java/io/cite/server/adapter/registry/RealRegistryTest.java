package io.cite.server.adapter.registry;

import io.cite.core.contract.ImageRegistryContract;
import io.cite.core.contract.Servers;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.port.ImageRegistry;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RealRegistryTest extends ImageRegistryContract {
  private String host = "";

  @BeforeEach
  void find() {
    host = Servers.require("CITE_REGISTRY");
  }

  @Override
  protected ImageRegistry registry() {
    return adapter();
  }

  private HttpImageRegistry adapter() {
    return new HttpImageRegistry(new RegistrySettings(URI.create("http://" + host)));
  }

  @Override
  protected ImageReference present() {
    return ImageReference.parse(host + "/rig/busybox:1.35");
  }

  @Test
  void answersTheCheck() {
    adapter().check();
  }
}
