package io.cite.server.adapter.jdbi;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The one text of an audit entry, and its hash. */
final class AuditText {
  static final String FIRST_HASH = "0".repeat(64);

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_DETAIL = 60_000;

  private AuditText() {}

  /** One line of JSON; a detail that is too long for the table is cut. */
  static String of(long sequence, AuditEntry entry) {
    String detail = entry.detail();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("sequence", sequence);
    members.put("at", entry.at().toString());
    members.put("actor", entry.actor());
    members.put("action", entry.action().name());
    members.put("target", entry.target());
    members.put("outcome", entry.outcome().name());
    members.put("detail", detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)));
    return JSON.writeValueAsString(members);
  }

  static AuditEntry entry(String content) {
    JsonNode node = JSON.readTree(content);
    return new AuditEntry(
        Instant.parse(node.get("at").asString()),
        node.get("actor").asString(),
        AuditAction.valueOf(node.get("action").asString()),
        node.get("target").asString(),
        AuditEntry.Outcome.valueOf(node.get("outcome").asString()),
        node.get("detail").asString());
  }

  static boolean isNumbered(long sequence, String content) {
    return content.startsWith("{\"sequence\":" + sequence + ",");
  }

  /** SHA-256 over the hash before and the text, in hexadecimal digits. */
  static String hash(String before, String content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(before.getBytes(StandardCharsets.US_ASCII));
      digest.update(content.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }
}
