package io.cite.server.adapter.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.contract.AuditTrailContract;
import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.Upstream;
import io.cite.core.port.AuditTrail;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbiAuditTrailTest extends AuditTrailContract {
  static final String KEY = "A".repeat(43) + "=";
  private static final String OTHER_KEY = "B".repeat(42) + "A=";

  @TempDir Path directory;
  private Database database;
  private JdbiAuditTrail trail;

  @BeforeEach
  void open() {
    database = Databases.openAudit(JdbcSettings.sqlite(directory.resolve("audit")));
    trail = new JdbiAuditTrail(database, signature(KEY));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected AuditTrail trail() {
    return trail;
  }

  @Test
  void verifiesAnUntouchedTrail() {
    assertThat(trail.verify(null)).isEmpty();
    appendFive();
    assertThat(trail.verify(null)).isEmpty();
  }

  @Test
  void goesOnWithTheChainAfterItWasOpenedAgain() {
    appendFive();
    database.close();
    open();
    append(trail, entry("six"));

    assertThat(trail.list(null, 1).get(0).sequence()).isEqualTo(6);
    assertThat(trail.verify(null)).isEmpty();
  }

  @Test
  void findsAnEditedEntry() {
    appendFive();
    execute(
        "UPDATE audit_entry SET content = REPLACE(content, 'alice', 'mallory') WHERE sequence_number = 3");

    assertThat(trail.verify(null)).contains("Entry 3 was changed or moved");
  }

  @Test
  void findsAnEditedEntryWhoseHashWasMadeToFit() {
    appendFive();
    String content = trail.list(4L, 1).get(0).entry().detail();
    assertThat(content).isEqualTo("entry 3");
    String edited = AuditText.of(3, entry("forged"));
    execute(
        "UPDATE audit_entry SET content = ?, hash = ? WHERE sequence_number = 3",
        edited,
        AuditText.hash(hashOf(2), edited));

    assertThat(trail.verify(null)).contains("Entry 4 was changed or moved");
  }

  @Test
  void findsAForgedLastEntry() {
    appendFive();
    String edited = AuditText.of(5, entry("forged"));
    execute(
        "UPDATE audit_entry SET content = ?, hash = ? WHERE sequence_number = 5",
        edited,
        AuditText.hash(hashOf(4), edited));

    assertThat(trail.verify(null)).contains("Entry 5 is not the last entry that was written");
  }

  @Test
  void findsADeletedEntry() {
    appendFive();
    execute("DELETE FROM audit_entry WHERE sequence_number = 2");

    assertThat(trail.verify(null)).contains("Entry 2 is missing");
  }

  @Test
  void findsTwoEntriesThatChangedPlaces() {
    appendFive();
    execute("UPDATE audit_entry SET sequence_number = 99 WHERE sequence_number = 2");
    execute("UPDATE audit_entry SET sequence_number = 2 WHERE sequence_number = 3");
    execute("UPDATE audit_entry SET sequence_number = 3 WHERE sequence_number = 99");

    assertThat(trail.verify(null)).contains("Entry 2 was changed or moved");
  }

  @Test
  void findsACutOffEnd() {
    appendFive();
    execute("DELETE FROM audit_entry WHERE sequence_number > 3");

    assertThat(trail.verify(null)).contains("The entries after 3 are missing");
  }

  @Test
  void findsAnEmptiedTrail() {
    appendFive();
    execute("DELETE FROM audit_entry");

    assertThat(trail.verify(null)).contains("The entries after 0 are missing");
  }

  @Test
  void appendsNothingToAnEndThatWasCutOffAndMadeToFit() {
    appendFive();
    AuditHead whole = trail.head();
    execute("DELETE FROM audit_entry WHERE sequence_number > 3");
    execute("UPDATE audit_head SET sequence_number = 3, hash = ?", hashOf(3));

    assertThat(trail.verify(null))
        .contains("The head was not signed with a key of this configuration");
    assertThatThrownBy(() -> append(trail, entry("six")))
        .isInstanceOf(Upstream.class)
        .hasMessageContaining("its head 3:")
        .hasMessageContaining("audit sign");
    assertThatThrownBy(trail::requireWritable).isInstanceOf(Upstream.class);
    assertThat(trail.verify(whole)).contains("The entries after 3 are missing");
  }

  @Test
  void goesOnWithACutEndOnlyAfterItWasSignedAgain() {
    appendFive();
    AuditHead whole = trail.head();
    execute("DELETE FROM audit_entry WHERE sequence_number > 3");
    execute("UPDATE audit_head SET sequence_number = 3, hash = ?", hashOf(3));

    trail.signAgain();
    append(trail, entry("four"));
    append(trail, entry("five"));

    assertThat(trail.verify(null)).isEmpty();
    assertThat(trail.verify(whole)).contains("Entry 5 is not the one of the given head");
  }

  @Test
  void findsAnOlderStateByAHeadThatWasKeptOutside() {
    appendFive();
    AuditHead old = trail.head();
    append(trail, entry("six"));
    AuditHead kept = AuditHead.parse(trail.head().toString());
    execute("DELETE FROM audit_entry WHERE sequence_number > 5");
    execute(
        "UPDATE audit_head SET sequence_number = ?, hash = ?, signature = ?",
        old.sequence(),
        old.hash(),
        old.signature());

    assertThat(trail.verify(null)).isEmpty();
    assertThat(trail.verify(kept)).contains("The entries after 5 are missing");
  }

  @Test
  void takesNoHeadThatSomeoneElseWrote() {
    appendFive();
    AuditHead forged = new AuditHead(2, hashOf(2), trail.head().signature());

    assertThat(trail.verify(forged))
        .contains("The given head was not signed with a key of this configuration");
    assertThatThrownBy(() -> AuditHead.parse("5:abc")).isInstanceOf(InvalidInput.class);
  }

  @Test
  void acceptsWhatAFormerKeySignedAndSignsWithTheNewOne() {
    appendFive();
    JdbiAuditTrail changed = new JdbiAuditTrail(database, signature(OTHER_KEY));
    assertThatThrownBy(() -> append(changed, entry("six"))).isInstanceOf(Upstream.class);

    JdbiAuditTrail rotated = new JdbiAuditTrail(database, signature(OTHER_KEY, KEY));
    append(rotated, entry("six"));

    assertThat(rotated.verify(null)).isEmpty();
    append(changed, entry("seven"));
    assertThat(changed.verify(null)).isEmpty();
  }

  @Test
  void signsWhatAVersionWithoutSignaturesWrote() {
    appendFive();
    execute("UPDATE audit_head SET signature = NULL");

    append(trail, entry("six"));

    assertThat(trail.head().signature()).startsWith("v1.");
    assertThat(trail.verify(null)).isEmpty();
  }

  @Test
  void isReadBesideAProcessThatWritesIt() {
    appendFive();

    try (Database view = Databases.viewAudit(JdbcSettings.sqlite(directory.resolve("audit")))) {
      JdbiAuditTrail seen = new JdbiAuditTrail(view, signature(KEY));
      assertThat(seen.verify(trail.head())).isEmpty();
      append(trail, entry("six"));
      assertThat(seen.head()).isEqualTo(trail.head());
      assertThatThrownBy(() -> append(seen, entry("seven"))).isInstanceOf(Upstream.class);
    }
  }

  @Test
  void keepsATrailWhoseUrlNamesAFileOfH2InSqlite() throws Exception {
    String url = "jdbc:h2:file:" + directory.resolve("old");
    try (Connection old = DriverManager.getConnection(url, "cite", "secret");
        Statement statement = old.createStatement()) {
      String migration = "/db/migration/audit/V1__audit.sql";
      try (InputStream script = JdbiAuditTrailTest.class.getResourceAsStream(migration)) {
        statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      }
      String content = AuditText.of(1, entry("kept"));
      String hash = AuditText.hash(AuditText.FIRST_HASH, content);
      statement.execute("INSERT INTO audit_entry VALUES (1, '" + content + "', '" + hash + "')");
      statement.execute("UPDATE audit_head SET sequence_number = 1, hash = '" + hash + "'");
    }
    JdbcSettings settings =
        new JdbcSettings(
            url + ";DB_CLOSE_DELAY=5",
            Optional.of(new JdbcSettings.Login("cite", Secret.of("secret"))),
            Duration.ofSeconds(3));

    for (int start = 1; start <= 2; start++) {
      try (Database opened = Databases.openAudit(settings)) {
        JdbiAuditTrail kept = new JdbiAuditTrail(opened, signature(KEY));
        kept.append("new " + start, entry("new"));
        assertThat(kept.list(null, 10)).hasSize(1 + start);
        assertThat(kept.verify(null)).isEmpty();
      }
    }
    assertThat(directory.resolve("old.db")).exists();
    assertThat(directory.resolve("old.mv.db")).doesNotExist();
    assertThat(directory.resolve("old.mv.db.migrated")).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:file:/data/audit,/data/audit.mv.db",
    "jdbc:h2:/data/audit;MODE=MySQL,/data/audit.mv.db",
    "jdbc:h2:mem:audit,",
    "jdbc:h2:tcp://db/audit,",
    "jdbc:h2:file:/data/audit;AUTO_SERVER=TRUE,",
    "jdbc:sqlite:/data/audit.db,"
  })
  void findsTheFileThatAUrlOfH2Names(String url, String file) {
    assertThat(JdbcSettings.of(url).h2File().map(Path::toString))
        .isEqualTo(Optional.ofNullable(file));
  }

  static AuditSignature signature(String... keys) {
    return new AuditSignature(Stream.of(keys).map(Secret::of).toList());
  }

  private void appendFive() {
    for (int i = 1; i <= 5; i++) {
      append(trail, entry("entry " + i));
    }
  }

  private String hashOf(long sequence) {
    return database.read(
        "read a hash",
        handle ->
            handle
                .createQuery("SELECT hash FROM audit_entry WHERE sequence_number = :sequence")
                .bind("sequence", sequence)
                .mapTo(String.class)
                .one());
  }

  private void execute(String sql, Object... arguments) {
    database.write("tamper", handle -> handle.execute(sql, arguments));
  }
}
