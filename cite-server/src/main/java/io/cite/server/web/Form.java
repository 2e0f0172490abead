package io.cite.server.web;

import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.Variables;
import io.cite.core.error.InvalidInput;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a person typed into a form. Each method says which field it cannot read. */
record Form(Context ctx) {

  /** A text without white space around it; empty if the field is. */
  String text(String field) {
    String value = ctx.formParam(field);
    return value == null ? "" : value.strip();
  }

  /** A text that must be there. */
  String given(String field) {
    String value = text(field);
    if (value.isEmpty()) {
      throw new InvalidInput("The field '" + field + "' is missing");
    }
    return value;
  }

  boolean isOn(String field) {
    return text(field).equals("on");
  }

  int number(String field) {
    return number(text(field), field);
  }

  private static int number(String text, String field) {
    if (!text.matches("\\d{1,9}")) {
      throw new InvalidInput("The field '" + field + "' must be a whole number.");
    }
    return Integer.parseInt(text);
  }

  /** A number that may be larger than a person would type. */
  long longNumber(String field) {
    String text = text(field);
    if (!text.matches("\\d{1,18}")) {
      throw new InvalidInput("The field '" + field + "' must be a whole number.");
    }
    return Long.parseLong(text);
  }

  /** Words with commas or spaces between them. */
  List<String> words(String field) {
    return Arrays.stream(text(field).split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
  }

  /** Numbers with commas or spaces between them; null if the field is empty. */
  @Nullable ContainerPorts ports(String field) {
    List<String> words = words(field);
    return words.isEmpty()
        ? null
        : new ContainerPorts(words.stream().map(port -> number(port, field)).toList());
  }

  Variables variables(String field) {
    return new Variables(pairs(field));
  }

  Map<String, Secret> secrets(String field) {
    Map<String, Secret> secrets = new HashMap<>();
    pairs(field).forEach((name, value) -> secrets.put(name, Secret.of(value)));
    return secrets;
  }

  /** One on each line, name and value apart by the first equals sign. */
  private Map<String, String> pairs(String field) {
    Map<String, String> pairs = new HashMap<>();
    for (String line : text(field).lines().map(String::strip).filter(s -> !s.isEmpty()).toList()) {
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw new InvalidInput("Write each variable on a line of its own, as NAME=value.");
      }
      if (pairs.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip())
          != null) {
        throw new InvalidInput("A variable is given twice: " + line.substring(0, equals).strip());
      }
    }
    return pairs;
  }
}
