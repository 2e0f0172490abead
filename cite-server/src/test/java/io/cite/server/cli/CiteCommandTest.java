package io.cite.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.service.Secret;
import io.cite.server.adapter.jdbi.AuditSignature;
import io.cite.server.adapter.jdbi.Database;
import io.cite.server.adapter.jdbi.Databases;
import io.cite.server.adapter.jdbi.JdbcSettings;
import io.cite.server.adapter.jdbi.JdbiAuditTrail;
import io.cite.server.config.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line as a person sees it: what is printed, and the exit status. */
class CiteCommandTest {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  @TempDir private Path directory = Path.of(".");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> environment, String... arguments) {
    CommandLine commands = CiteCommand.withEnvironment(environment);
    commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return CiteCommand.execute(commands, environment, directory, arguments);
  }

  private int run(String... arguments) {
    return run(Map.of(), arguments);
  }

  @Test
  void listsItsCommandsWhereNoneIsGiven() {
    assertThat(run()).isEqualTo(WRONG_ARGUMENTS);
    assertThat(err.toString())
        .contains("Give a command.")
        .contains("serve", "check", "doctor", "audit", "sandbox", "sandbox-github");
  }

  @Test
  void saysWhichWordItDoesNotKnow() {
    assertThat(run("server")).isEqualTo(WRONG_ARGUMENTS);
    assertThat(err.toString()).contains("'server'");
  }

  @Test
  void tellsItsVersionAndThatOfJava() {
    assertThat(run("--version")).isEqualTo(DONE);
    assertThat(out.toString()).contains("cite-server", "Java " + Runtime.version().feature());
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "check", "doctor", "audit"})
  void asksForTheConfiguration(String command) {
    assertThat(run(command)).isEqualTo(WRONG_ARGUMENTS);
    assertThat(err.toString()).contains("--config");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "check", "doctor"})
  void namesTheConfigurationThatIsNotThere(String command) {
    Path config = directory.resolve("none.yaml");
    assertThat(run(command, "--config", config.toString())).isEqualTo(FAILED);
    assertThat(err.toString()).contains(config.toString()).doesNotContain("\tat ");
  }

  @Test
  void namesEachKeyOfTheConfigurationThatIsWrong() throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("cite.yaml"), Samples.LEAST.replace("github:", "gitub:"));
    assertThat(run("serve", "--config", config.toString())).isEqualTo(FAILED);
    assertThat(err.toString()).contains("gitub").doesNotContain("\tat ");
  }

  @Test
  void namesWhatCanBeDoneWithTheAuditTrail() throws IOException {
    assertThat(run("audit", "edit", "--config", config().toString())).isEqualTo(WRONG_ARGUMENTS);
    assertThat(err.toString()).contains("audit verify");
  }

  @Test
  void findsAnEditOfTheAuditTrail() throws Exception {
    Path config = config();
    try (Database database = Databases.openAudit(JdbcSettings.sqlite(directory.resolve("audit")))) {
      JdbiAuditTrail trail = new JdbiAuditTrail(database, signature());
      trail.append("1", entry("alice"));
      trail.append("2", entry("bob"));
    }
    assertThat(run("audit", "verify", "--config", config.toString())).isEqualTo(DONE);
    assertThat(out.toString()).contains("is complete and unchanged");

    edit("UPDATE audit_entry SET content = REPLACE(content, 'alice', 'mallory')");

    assertThat(run("audit", "verify", "--config", config.toString())).isEqualTo(FAILED);
    assertThat(out.toString()).contains("Entry 1 was changed");
  }

  @Test
  void findsACutOffEndByTheHeadThatWasPrinted() throws Exception {
    String config = config().toString();
    try (Database database = Databases.openAudit(JdbcSettings.sqlite(directory.resolve("audit")))) {
      JdbiAuditTrail trail = new JdbiAuditTrail(database, signature());
      trail.append("1", entry("alice"));
      trail.append("2", entry("bob"));
    }
    assertThat(run("audit", "head", "--config", config)).isEqualTo(DONE);
    String head = out.toString().strip();
    assertThat(head).startsWith("2:");
    assertThat(run("audit", "verify", "--head", head, "--config", config)).isEqualTo(DONE);

    edit("DELETE FROM audit_entry WHERE sequence_number = 2");
    edit(
        "UPDATE audit_head SET sequence_number = 1,"
            + " hash = (SELECT hash FROM audit_entry WHERE sequence_number = 1)");

    assertThat(run("audit", "verify", "--config", config)).isEqualTo(FAILED);
    assertThat(run("audit", "sign", "--config", config)).isEqualTo(DONE);
    assertThat(run("audit", "verify", "--config", config)).isEqualTo(DONE);
    assertThat(run("audit", "verify", "--head", head, "--config", config)).isEqualTo(FAILED);
    assertThat(out.toString()).contains("Entry 2 is not the one of the given head");
    assertThat(run("audit", "verify", "--head", "2", "--config", config)).isEqualTo(FAILED);
    assertThat(err.toString()).contains("number:hash:signature").doesNotContain("\tat ");
  }

  private static AuditSignature signature() {
    return new AuditSignature(List.of(Secret.of("A".repeat(43) + "=")));
  }

  private Path config() throws IOException {
    return Files.writeString(
        directory.resolve("cite.yaml"),
        Samples.LEAST
            + """
            audit:
              jdbcUrl: jdbc:sqlite:%s.db
            """
                .formatted(directory.resolve("audit")));
  }

  private void edit(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("audit.db"));
        Statement edit = connection.createStatement()) {
      edit.executeUpdate(statement);
    }
  }

  private static AuditEntry entry(String actor) {
    return new AuditEntry(
        Samples.NOW,
        actor,
        AuditAction.DEPLOYMENT_REQUEST,
        "acme/hello/main",
        AuditEntry.Outcome.ACCEPTED,
        "");
  }
}
