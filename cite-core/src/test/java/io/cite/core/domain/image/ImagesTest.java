package io.cite.core.domain.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
  private static final String HASH = "sha256:" + "0123456789abcdef".repeat(4);
  private static final CommitId COMMIT = new CommitId("0123456789abcdef0123" + "0".repeat(20));
  private static final RepositoryName REPOSITORY = RepositoryName.parse("Acme/Hello.World");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry.example.com/acme/hello",
        "registry.example.com:5000/acme/hello:1.0",
        "localhost/x",
        "localhost:5000/x:y",
        "reg:5000/a/b/c/d:T_a-g.1",
        "127.0.0.1:5000/x",
        "[::1]:5000/x:y",
        "r.io/a__b/c--d.e_f:1",
        "r.io/x@" + "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "r.io/x:t@" + "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void readsAnImageAndWritesItAgain(String text) {
    assertThat(ImageReference.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "acme/hello",
        "/acme/hello",
        "r.io/",
        "r.io/Acme/hello",
        "r.io/a//b",
        "r.io/a/../b",
        "r.io/a:",
        "r.io/a:b:c",
        "r.io/a:ta g",
        "r.io/a@sha256:12",
        "r.io/a@",
        "https://r.io/a",
        "user@r.io/a",
        "r.io:99999999/a",
        "r.io/a\n"
      })
  void refusesWhatIsNoFullImageName(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text)).isInstanceOf(InvalidInput.class);
  }

  @Test
  void saysThatTheRegistryHasToBeNamed() {
    assertThatThrownBy(() -> ImageReference.parse("acme/hello:1"))
        .hasMessageContaining("it must begin with the registry's host");
  }

  @Test
  void pinsAnImageToItsContent() {
    ImageReference tagged = ImageReference.parse("r.io/acme/hello:1");
    ImageReference pinned = tagged.pinned(Digest.parse(HASH));
    assertThat(pinned).hasToString("r.io/acme/hello:1@" + HASH);
    assertThat(ImageReference.parse(pinned.toString())).isEqualTo(pinned);
    assertThat(pinned.version()).isEqualTo(HASH);
    assertThat(tagged.version()).isEqualTo("1");
    assertThat(ImageReference.parse("r.io/acme/hello").version()).isEqualTo("latest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme/_", "acme/-._", "acme/..."})
  void refusesARepositoryThatNoImageCanBeNamedAfter(String repository) {
    assertThatThrownBy(() -> ImagePolicy.unrestricted().checkName(RepositoryName.parse(repository)))
        .hasMessageContaining("has no letter and no digit");
  }

  @Test
  void refusesARepositoryWhoseImagesNoStatusCanName() {
    ImagePolicy policy = new ImagePolicy("registry.example.com/team");
    int room = 140 - "imageName:".length() - (policy.prefix() + "/acme/").length() - 13;
    RepositoryName longest = new RepositoryName("acme", "n".repeat(room));
    RepositoryName tooLong = new RepositoryName("acme", "n".repeat(room + 1));

    assertThatCode(() -> policy.checkName(longest)).doesNotThrowAnyException();
    assertThatThrownBy(() -> policy.checkName(tooLong)).hasMessageContaining("too long");
    assertThat("imageName:" + policy.expected(longest) + ":" + "0".repeat(12)).hasSize(140);
  }

  @ParameterizedTest
  @ValueSource(strings = {"r.io/team/acme/hello-world", "r.io/team/acme/hello-world/web"})
  void takesTheRepositorysOwnImages(String name) {
    ImagePolicy policy = new ImagePolicy("r.io/team/");
    for (String tag : List.of(COMMIT.value(), COMMIT.value().substring(0, 12))) {
      ImageReference image = ImageReference.parse(name + ":" + tag);
      assertThatCode(() -> policy.check(REPOSITORY, COMMIT, image)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":1",
        ":latest",
        ":0123456",
        ":0123456789ab0",
        ":0123456789AB",
        ":1123456789ab",
        ":fedcba9876543210fedcba9876543210fedcba98"
      })
  void rejectsAnImageWhoseTagIsNotTheCommit(String tag) {
    ImageReference image = ImageReference.parse("r.io/acme/hello-world" + tag);
    for (ImagePolicy policy : List.of(new ImagePolicy("r.io"), ImagePolicy.unrestricted())) {
      assertThatThrownBy(() -> policy.check(REPOSITORY, COMMIT, image))
          .isInstanceOfSatisfying(
              InvalidInput.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_NOT_ALLOWED))
          .hasMessage(
              "The image " + image + " is not of commit 0123456: its tag must be the commit.");
    }
  }

  @Test
  void rejectsADigestBehindTheCommitsTag() {
    ImageReference image =
        ImageReference.parse("r.io/acme/hello-world:" + COMMIT).pinned(Digest.parse(HASH));
    assertThatThrownBy(() -> new ImagePolicy("r.io").check(REPOSITORY, COMMIT, image))
        .isInstanceOfSatisfying(
            InvalidInput.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_NOT_ALLOWED))
        .hasMessageContaining("a status must name the image by its tag alone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.io/team/acme/hello-world:1",
        "r.io/acme/hello-world:1",
        "r.io/team/acme/hello-world-2:1",
        "r.io/team/acme/hello:1",
        "r.io/team/other/hello-world:1",
        "r.io:443/team/acme/hello-world:1",
        "r.io/team/x/acme/hello-world:1"
      })
  void rejectsAnImageOutsideTheRepositorysPlace(String image) {
    ImagePolicy policy = new ImagePolicy("r.io/team");
    assertThatThrownBy(() -> policy.check(REPOSITORY, COMMIT, ImageReference.parse(image)))
        .isInstanceOfSatisfying(
            InvalidInput.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_NOT_ALLOWED))
        .hasMessageContaining("it must be r.io/team/acme/hello-world");
  }

  @Test
  void takesEveryPlaceIfNoRegistryIsConfigured() {
    assertThatCode(
            () ->
                ImagePolicy.unrestricted()
                    .check(REPOSITORY, COMMIT, ImageReference.parse("any.where/x:" + COMMIT)))
        .doesNotThrowAnyException();
  }
}
