package io.cite.server.sandbox.github.rest;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A trouble to make for calls to come.
 *
 * @param method HTTP method, or {@code *} for all
 * @param path matched against the whole path without query
 * @param times how many calls it befalls
 * @param status what they are answered; 0 for the usual answer, only late
 * @param afterEffect whether the call is carried out all the same before it is answered so
 */
public record Fault(
    String method,
    Pattern path,
    int times,
    int status,
    boolean afterEffect,
    Duration delay,
    Map<String, String> headers) {

  public Fault {
    headers = Map.copyOf(headers);
  }

  /** Answers the next matching call with that status, without carrying it out. */
  public static Fault answer(String method, String path, int status) {
    return new Fault(method, Pattern.compile(path), 1, status, false, Duration.ZERO, Map.of());
  }

  /** Keeps the next matching call waiting. */
  public static Fault slow(String method, String path, Duration delay) {
    return new Fault(method, Pattern.compile(path), 1, 0, true, delay, Map.of());
  }

  public Fault times(int count) {
    return new Fault(method, path, count, status, afterEffect, delay, headers);
  }

  /** Carries the call out before answering that it failed. */
  public Fault afterItsEffect() {
    return new Fault(method, path, times, status, true, delay, headers);
  }

  public Fault delayed(Duration wait) {
    return new Fault(method, path, times, status, afterEffect, wait, headers);
  }

  public Fault header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Fault(method, path, times, status, afterEffect, delay, more);
  }

  boolean befalls(String calledMethod, String calledPath) {
    return (method.equals("*") || method.equalsIgnoreCase(calledMethod))
        && path.matcher(calledPath).matches();
  }
}
