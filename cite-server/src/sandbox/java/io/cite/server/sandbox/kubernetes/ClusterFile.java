package io.cite.server.sandbox.kubernetes;

import io.cite.server.sandbox.file.OwnerFile;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.crud.Attribute;
import io.fabric8.mockwebserver.crud.AttributeSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of a sandbox Kubernetes in a file, with their uids, versions and times. Used by one
 * thread at a time.
 */
final class ClusterFile {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path path;
  private final KubernetesCrudDispatcher store;
  private String written = "";

  ClusterFile(Path path, KubernetesCrudDispatcher store) {
    this.path = path;
    this.store = store;
  }

  /**
   * Puts the objects of the file into the store, which must be empty. Versions that the store gives
   * to later changes are greater than those of the file.
   *
   * @return how many pods were numbered before; 0 if there is no file
   */
  int restore() {
    if (!Files.exists(path)) {
      return 0;
    }
    JsonNode saved = JSON.readTree(path.toFile());
    long version = 0;
    for (JsonNode object : saved.path("objects")) {
      String json = object.toString();
      put(SERIALIZATION.unmarshal(json), json);
      version = Math.max(version, object.path("metadata").path("resourceVersion").asLong(0));
    }
    while (store.requestResourceVersion() < version) {
      // each call takes one version
    }
    return saved.path("podNumber").asInt();
  }

  private void put(HasMetadata resource, String json) {
    String api = resource.getApiVersion();
    String namespace = resource.getMetadata().getNamespace();
    String collection =
        (api.contains("/") ? "/apis/" : "/api/")
            + api
            + (namespace == null ? "" : "/namespaces/" + namespace)
            + "/"
            + resource.getPlural();
    AttributeSet key =
        store
            .getKey(collection)
            .add(new Attribute("name", resource.getMetadata().getName()));
    store.processEvent(
        collection, key, null, SERIALIZATION.unmarshal(json, GenericKubernetesResource.class), json);
  }

  /**
   * Writes all objects if something changed.
   *
   * @param podNumber how many pods were numbered
   */
  void save(int podNumber) {
    ObjectNode all = JSON.createObjectNode().put("podNumber", podNumber);
    all.putArray("objects").addAll(objects().stream().map(JSON::readTree).toList());
    String text = all.toString();
    if (!text.equals(written)) {
      OwnerFile.replace(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      written = text;
    }
  }

  private List<String> objects() {
    Map<AttributeSet, String> map = store.getMap();
    synchronized (map) {
      return List.copyOf(map.values());
    }
  }
}
