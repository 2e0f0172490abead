package io.cite.core.domain.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExposedPortsTest {
  private static List<Integer> named(String dockerfile) {
    return ExposedPorts.of(dockerfile).named().stream().map(ExposedPorts.Port::number).toList();
  }

  private static Arguments row(String why, String dockerfile, Integer... ports) {
    return Arguments.of(why, dockerfile, List.of(ports));
  }

  static Stream<Arguments> files() {
    return Stream.of(
        row("one port", "FROM a\nEXPOSE 80\n", 80),
        row("several on a line", "FROM a\nEXPOSE 80 443\t9090", 80, 443, 9090),
        row("several lines", "FROM a\nEXPOSE 80\nEXPOSE 443\nEXPOSE 80", 80, 443),
        row("any case", "from a\nexpose 80\nExPoSe 81", 80, 81),
        row("indented", "  FROM a\n\t EXPOSE   80  ", 80),
        row("tcp in any case", "FROM a\nEXPOSE 80/tcp 81/TCP 82/", 80, 81, 82),
        row("no udp, no sctp", "FROM a\nEXPOSE 53/udp 54/UDP 55/sctp 56", 56),
        row("a range", "FROM a\nEXPOSE 8000-8003/tcp 7000-7000", 8000, 8001, 8002, 8003, 7000),
        row("a port of the host before it", "FROM a\nEXPOSE 8080:80", 80),
        row("quotes", "FROM a\nEXPOSE \"80\" '81' 8\"2\"", 80, 81, 82),
        row("CRLF", "FROM a\r\nEXPOSE 80 \\\r\n  81\r\n", 80, 81),
        row("a byte order mark", "\uFEFFFROM a\nEXPOSE 80", 80),
        row(
            "a byte order mark before a directive",
            "\uFEFF# escape=`\nFROM a\nEXPOSE 80 `\n81",
            80,
            81),
        row("continued", "FROM a\nEXPOSE 80 \\\n 81 \\  \n82", 80, 81, 82),
        row("continued within a word", "FROM a\nEXPO\\\nSE 8\\\n0", 80),
        row("continued over comments", "FROM a\nEXPOSE 80 \\\n# no\n\n  # no\n 81", 80, 81),
        row("continued to the end", "FROM a\nEXPOSE 80 \\", 80),
        row("not continued by two", "FROM a\nRUN echo \\\\\nEXPOSE 80", 80),
        row("another escape", "# escape=`\nFROM a\nRUN dir C:\\\nEXPOSE 80 `\n 81", 80, 81),
        row(
            "an escape after another directive",
            "#syntax=x\n#ESCAPE = `\nFROM a\nEXPOSE 80 `\n81",
            80,
            81),
        row(
            "an escape too late",
            "# hello\n# escape=`\nFROM a\nRUN a \\\nEXPOSE 80\nEXPOSE 81",
            81),
        row(
            "an escape after an empty line",
            "\n# escape=`\nFROM a\nRUN a \\\nEXPOSE 80\nEXPOSE 81",
            81),
        row("comments", "# EXPOSE 79\nFROM a\n  # EXPOSE 78\nEXPOSE 80", 80),
        row("not in RUN", "FROM a\nRUN echo \\\n  EXPOSE 79 \\\n  && true\nEXPOSE 80", 80),
        row("not in a here-document", "FROM a\nRUN <<EOF\nEXPOSE 79\nEOF\nEXPOSE 80", 80),
        row(
            "a quoted here-document",
            "FROM a\nCOPY <<'E O' <<\"X\" /x\nEXPOSE 1\nE O\nEXPOSE 2\nX\nEXPOSE 80",
            80),
        row("an indented end", "FROM a\nRUN <<-EOF\nEXPOSE 79\n\t\tEOF\nEXPOSE 80", 80),
        row("an end that is none", "FROM a\nRUN <<EOF\n EOF\nEXPOSE 79\nEOF\nEXPOSE 80", 80),
        row(
            "a here-document of a descriptor",
            "FROM a\nRUN 3<<EOF cat\nEXPOSE 79\nEOF\nEXPOSE 80",
            80),
        row(
            "a here-document of a trigger",
            "FROM a\nONBUILD RUN <<EOF\nEXPOSE 79\nEOF\nEXPOSE 80",
            80),
        row("a here-document without an end", "FROM a\nEXPOSE 80\nRUN <<EOF\nEXPOSE 79", 80),
        row("no here-document in quotes", "FROM a\nRUN echo '<<EOF'\nEXPOSE 80\nEOF", 80),
        row("no here-string", "FROM a\nRUN cat <<<EOF\nEXPOSE 80", 80),
        row("no here-document elsewhere", "FROM a\nLABEL x=<<EOF\nEXPOSE 80", 80),
        row("only the last stage", "FROM a AS one\nEXPOSE 79\nFROM b\nEXPOSE 80", 80),
        row(
            "stages that it is made from",
            "FROM a AS One\nEXPOSE 80\nFROM b as two\nEXPOSE 79\nFROM --platform=$P one\nEXPOSE 81",
            80,
            81),
        row(
            "a stage of an earlier name",
            "FROM a AS x\nEXPOSE 80\nFROM x AS x\nEXPOSE 81\nFROM x",
            80,
            81),
        row("a stage by an argument", "ARG B=base\nFROM a AS base\nEXPOSE 80\nFROM ${B}", 80),
        row("a stage by its number is an image", "FROM a\nEXPOSE 79\nFROM 0\nEXPOSE 80", 80),
        row(
            "a copy from a stage is no base",
            "FROM a AS x\nEXPOSE 79\nFROM b\nCOPY --from=x /a /a\nEXPOSE 80",
            80),
        row(
            "a trigger of another stage",
            "FROM a AS x\nONBUILD EXPOSE 80\nFROM x\nEXPOSE 81",
            80,
            81),
        row("no trigger of its own", "FROM a\nONBUILD EXPOSE 79\nEXPOSE 80", 80),
        row("ARG", "FROM a\nARG PORT=80\nEXPOSE $PORT ${PORT}81 $PORT/udp", 80, 8081),
        row("ENV", "FROM a\nENV PORT=80 OTHER=\"81\"\nEXPOSE $PORT $OTHER", 80, 81),
        row("ENV in the old form", "FROM a\nENV PORTS 80 81\nEXPOSE $PORTS", 80, 81),
        row("ENV before ARG", "FROM a\nENV P=80\nARG P=79\nEXPOSE $P", 80),
        row(
            "an instruction sees what was before it",
            "FROM a\nENV A=80\nENV A=79 B=$A\nEXPOSE $B",
            80),
        row("a value changes later", "FROM a\nARG P=80\nEXPOSE $P\nARG P=81\nEXPOSE $P", 80, 81),
        row("an argument before FROM", "ARG P=80\nFROM a\nARG P\nEXPOSE $P", 80),
        row(
            "a value from another stage",
            "FROM a AS x\nARG P=80\nENV Q=81\nFROM x\nEXPOSE $P $Q",
            80,
            81),
        row("a default", "FROM a\nEXPOSE ${PORT:-80} ${PORT-81}", 80, 81),
        row("a default that is a variable", "FROM a\nARG D=80\nEXPOSE ${PORT:-${OTHER:-$D}}", 80),
        row("a default that is not needed", "FROM a\nARG P=80\nEXPOSE ${P:-$UNKNOWN} ${P?no}", 80),
        row("a default of an empty value", "FROM a\nARG P=\nEXPOSE ${P:-80} ${P-}", 80),
        row("a word instead", "FROM a\nARG TLS=1\nEXPOSE 80 ${TLS:+443} ${NONE:+444}", 80, 443),
        row("a list in a value", "FROM a\nARG P='80 81/tcp 82/udp'\nEXPOSE $P", 80, 81),
        row("no variable in single quotes", "FROM a\nARG P=80\nEXPOSE '$P' 81", 81),
        row("a variable in double quotes", "FROM a\nARG P=80\nEXPOSE \"${P}\"", 80),
        row("no variable after the escape", "FROM a\nARG P=80\nEXPOSE \\$P 81", 81),
        row("nothing of a stage without EXPOSE", "FROM a AS x\nEXPOSE 80\nFROM b", new Integer[0]),
        row("nothing before FROM", "EXPOSE 80\nFROM a", new Integer[0]),
        row("an empty file", "", new Integer[0]),
        row("no instruction of that name", "FROM a\nEXPOSED 80\nEXPOSE80", new Integer[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void readsEachPortAsDockerWould(String why, String dockerfile, List<Integer> ports) {
    assertThat(named(dockerfile)).as(why).isEqualTo(ports);
  }

  static Stream<Arguments> remarks() {
    return Stream.of(
        Arguments.of(
            "53/udp", "EXPOSE 53/udp is left out, because a service has TCP ports only", false),
        Arguments.of("$P", "EXPOSE $P: neither ARG nor ENV gives P a value", true),
        Arguments.of("${P", "EXPOSE ${P: CITE cannot read what is in the braces", true),
        Arguments.of("${P:-80", "EXPOSE ${P:-80: a brace is not closed", true),
        Arguments.of("${P/8/9}", "EXPOSE ${P/8/9}: CITE cannot read what is in the braces", true),
        Arguments.of("${P:?set it}", "EXPOSE ${P:?set: neither ARG nor ENV gives P a value", true),
        Arguments.of("'80", "EXPOSE '80: a quote is not closed", true),
        Arguments.of("\"80", "EXPOSE \"80: a quote is not closed", true),
        Arguments.of("http", "EXPOSE http is no port", true),
        Arguments.of("0", "EXPOSE 0 is no port", true),
        Arguments.of("65536", "EXPOSE 65536 is no port", true),
        Arguments.of("-80", "EXPOSE -80 is no port", true),
        Arguments.of("99999999999", "EXPOSE 99999999999 is no port", true),
        Arguments.of("80-79", "EXPOSE 80-79 is no port", true),
        Arguments.of("80-", "EXPOSE 80- is no port", true),
        Arguments.of("٨٠", "EXPOSE ٨٠ is no port", true),
        Arguments.of("80/tpc", "EXPOSE 80/tpc has a protocol that Docker does not know", true),
        Arguments.of("$EMPTY", "EXPOSE $EMPTY is empty", false),
        Arguments.of(
            "${EMPTY:?}", "EXPOSE ${EMPTY:?}: neither ARG nor ENV gives EMPTY a value", true),
        Arguments.of("$BAD", "EXPOSE $BAD: neither ARG nor ENV gives Q a value", true),
        Arguments.of("a\u202Eb\u0007", "EXPOSE a?b? is no port", true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("remarks")
  void saysWhatItCannotTake(String word, String remark, boolean unclear) {
    ExposedPorts exposed = ExposedPorts.of("FROM a\nARG EMPTY=\nENV BAD=$Q\nEXPOSE " + word + "\n");

    assertThat(exposed.named()).isEmpty();
    assertThat(exposed.remarks()).first().asString().startsWith("line 4: " + remark);
    assertThat(exposed.unclear()).isEqualTo(unclear);
    if (unclear) {
      assertThatThrownBy(exposed::chosen)
          .isInstanceOfSatisfying(
              InvalidInput.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_FILE))
          .hasMessageContaining(remark);
    } else {
      assertThat(exposed.numbers().values()).containsExactly(8080);
    }
  }

  @Test
  void usesWhatIsClearAndSaysWhatIsNot() {
    ExposedPorts exposed = ExposedPorts.of("FROM nginx:1\n\nEXPOSE 80 \\\n $P\nEXPOSE 9090\n");

    assertThat(exposed.numbers().values()).containsExactly(80, 9090);
    assertThat(exposed.origin())
        .isEqualTo(
            "80 from EXPOSE in line 3; 9090 from EXPOSE in line 5; line 3: EXPOSE $P: neither ARG"
                + " nor ENV gives P a value");
  }

  @Test
  void hasTheUsualPortIfNothingIsExposed() {
    assertThat(ExposedPorts.of("FROM scratch\n").origin())
        .isEqualTo("8080 from the default, because the Dockerfile exposes no TCP port");
    assertThat(ExposedPorts.of("FROM scratch AS x\nFROM nginx:1\n").notes())
        .containsExactly("ports that the base image nginx:1 exposes are not known");
  }

  @Test
  void saysThatThereAreTooManyPorts() {
    assertThat(named("FROM a\nEXPOSE 8000-8015")).hasSize(16);
    ExposedPorts more = ExposedPorts.of("FROM a\nEXPOSE 8000-8016");
    assertThatThrownBy(more::chosen).hasMessageContaining("more than 16 ports");
    assertThatThrownBy(ExposedPorts.of("FROM a\nEXPOSE 1-65535")::chosen)
        .hasMessageContaining("more than 16 ports");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        " ",
        "\\\n",
        "#\n",
        "EXPOSE $A\n",
        "EXPOSE ${A:-",
        "EXPOSE \"",
        "ENV A=$A$A$A\n",
        "ARG A=${A:-${A:-1}}\n",
        "FROM x AS x\n",
        "FROM x AS x\nENV A=1\nONBUILD EXPOSE 1\n",
        "RUN <<A <<B\n",
        "EXPOSE 1-65535 ",
        "EXPOSE 1",
        "# escape=",
        "a",
        "$",
        "${",
        "'"
      })
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readsAMebibyteOfAnythingInLinearTime(String repeated) {
    for (String start : List.of("", "FROM a AS x\nENV A=1\n", "FROM a\nEXPOSE ")) {
      String file = start + repeated.repeat((1 << 20) / repeated.length());

      assertThatCode(() -> ExposedPorts.of(file)).doesNotThrowAnyException();
    }
  }

  /** Pieces of files put together by chance: whatever comes of it, it ends, and in good order. */
  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void endsWithPortsOrWithARemarkWhateverTheFile() {
    String[] pieces = {
      "FROM a",
      " AS x",
      "\n",
      "\r\n",
      "EXPOSE ",
      "ARG ",
      "ENV ",
      "P",
      "=",
      "80",
      " ",
      "\t",
      "$",
      "{",
      "}",
      ":-",
      "\"",
      "'",
      "\\",
      "`",
      "#",
      "escape=",
      "<<",
      "EOF",
      "-",
      "/udp",
      "/tcp",
      "RUN ",
      "ONBUILD ",
      "65535",
      "\u0000",
      "😀",
      "\uFEFF",
      "FROM x",
      "$P",
      "${P:-81}",
      "EXPOSE $P\n"
    };
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder file = new StringBuilder(random.nextBoolean() ? "FROM a AS x\n" : "");
      for (int i = random.nextInt(60); i > 0; i--) {
        file.append(pieces[random.nextInt(pieces.length)]);
      }
      ExposedPorts exposed = ExposedPorts.of(file.toString());

      List<Integer> ports = new ArrayList<>();
      exposed.named().forEach(port -> ports.add(port.number()));
      assertThat(ports)
          .as("seed %d: %s", seed, file)
          .doesNotHaveDuplicates()
          .hasSizeLessThanOrEqualTo(16)
          .allMatch(port -> port >= 1 && port <= 65_535);
      assertThat(exposed.unclear() && exposed.remarks().isEmpty()).as("seed %d", seed).isFalse();
      if (!ports.isEmpty() || !exposed.unclear()) {
        assertThat(exposed.numbers().values()).as("seed %d: %s", seed, file).isNotEmpty();
      }
    }
  }
}
