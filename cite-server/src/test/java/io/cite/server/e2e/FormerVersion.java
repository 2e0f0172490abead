package io.cite.server.e2e;

import io.cite.core.domain.service.Secret;
import io.cite.server.fixture.ServerKeys;
import io.cite.server.sandbox.Options;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What version 0.1 left behind, unpacked into a directory. {@code fixtures/v0.1/README.md} says
 * what it holds.
 */
final class FormerVersion {
  private static final String FIXTURES = "/fixtures/v0.1/";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path folder;
  private final JsonNode notes;
  private int port;

  private FormerVersion(Path folder) {
    this.folder = folder;
    this.notes = JSON.readTree(folder.resolve("notes.json").toFile());
  }

  /** Unpacks {@code embedded} or {@code etcd}. */
  static FormerVersion unpacked(String name, Path folder) throws IOException {
    try (InputStream file = FormerVersion.class.getResourceAsStream(FIXTURES + name + ".zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    }
    return new FormerVersion(folder);
  }

  /** The records that were in etcd: each document as text, by its key. */
  Map<String, String> etcd() throws IOException {
    Map<String, String> documents = new LinkedHashMap<>();
    for (String line : Files.readAllLines(folder.resolve("etcd.jsonl"))) {
      JsonNode record = JSON.readTree(line);
      documents.put(record.path("key").asString(), record.path("value").asString());
    }
    return documents;
  }

  /** The commits of a branch of {@code acme/hello}, in order. */
  List<String> commits(String branch) {
    return notes
        .path(branch)
        .path("commits")
        .valueStream()
        .map(commit -> commit.asString())
        .toList();
  }

  /**
   * Moves the sandbox to ports that are free here, and its notices to another receiver: addresses
   * are part of what it stored.
   */
  void move(URI notices) throws IOException, SQLException {
    port = ServerKeys.freePorts(4);
    Map<String, String> moved = new LinkedHashMap<>();
    List<String> parts = List.of("cite", "github", "buildbot", "kubernetes");
    for (String part : parts) {
      moved.put(":" + former(part), ":" + (port + parts.indexOf(part)));
    }
    moved.put(":" + former("notices"), ":" + notices.getPort());
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(path -> path.toString().matches(".*\\.jsonl?")).toList()) {
        String text = Files.readString(file);
        for (Map.Entry<String, String> address : moved.entrySet()) {
          text = text.replace(address.getKey(), address.getValue());
        }
        Files.writeString(file, text);
      }
    }
    if (Files.exists(data().resolve("cite.mv.db"))) {
      moveEmbedded(moved);
    }
    keepCluster();
    keepImages();
  }

  private int former(String part) {
    return URI.create(notes.path("ports").path(part).asString()).getPort();
  }

  private Connection embedded() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:file:" + data().resolve("cite").toAbsolutePath());
  }

  private void moveEmbedded(Map<String, String> moved) throws SQLException {
    try (Connection h2 = embedded();
        PreparedStatement replace =
            h2.prepareStatement("UPDATE document SET content = REPLACE(content, ?, ?)")) {
      for (Map.Entry<String, String> address : moved.entrySet()) {
        replace.setString(1, address.getKey());
        replace.setString(2, address.getValue());
        replace.executeUpdate();
      }
    }
  }

  /** That version kept no objects of its cluster; a real cluster would have kept them. */
  private void keepCluster() throws IOException {
    ObjectNode kept = JSON.createObjectNode().put("podNumber", 0);
    kept.set("objects", JSON.readTree(folder.resolve("kubernetes.json").toFile()).path("items"));
    Files.writeString(data().resolve("kubernetes.json"), kept.toString());
  }

  /** Nor did it keep the images of its registry. */
  private void keepImages() throws IOException, SQLException {
    TreeSet<String> images = new TreeSet<>();
    Pattern image = Pattern.compile("[\\w.]+:" + (port + 2) + "/acme/[a-z]+:[0-9a-f]{40}");
    for (String document : documents()) {
      image.matcher(document).results().map(found -> found.group()).forEach(images::add);
    }
    Files.write(data().resolve("images.txt"), images);
  }

  private List<String> documents() throws IOException, SQLException {
    if (Files.exists(folder.resolve("etcd.jsonl"))) {
      return List.copyOf(etcd().values());
    }
    List<String> documents = new ArrayList<>();
    try (Connection h2 = embedded();
        Statement statement = h2.createStatement();
        ResultSet row = statement.executeQuery("SELECT content FROM document")) {
      while (row.next()) {
        documents.add(row.getString(1));
      }
    }
    return documents;
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** How today's sandbox goes on from there. */
  Options options() {
    return Options.in(data())
        .withPort(port)
        .withToken(Secret.of(notes.path("token").asString()))
        .withWebhookSecret(Secret.of(notes.path("webhookSecret").asString()));
  }
}
