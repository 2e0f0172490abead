package io.cite.server.sandbox.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Which images' pods fail, and how. The rule added last wins. Thread-safe. */
final class FailingImages {
  private record Rule(Pattern images, ImageFailure failure) {}

  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  void add(String regex, ImageFailure failure) {
    rules.add(0, new Rule(Pattern.compile(regex), failure));
  }

  void clear() {
    rules.clear();
  }

  Optional<ImageFailure> of(String image) {
    return rules.stream()
        .filter(rule -> rule.images().matcher(image).find())
        .map(Rule::failure)
        .findFirst();
  }
}
