package io.cite.core.domain.service;

import io.cite.core.error.InvalidInput;

/**
 * A service's name within its namespace.
 *
 * @param value an RFC 1035 label: begins with a letter, a-z, 0-9 and dashes, at most 63 characters
 */
public record ServiceName(String value) implements Comparable<ServiceName> {

  public ServiceName {
    if (!DnsName.isDns1035(value)) {
      throw new InvalidInput(
          "The service name '"
              + (value.length() > 80 ? value.substring(0, 80) + "..." : value)
              + "' must begin with a letter, have only a-z, 0-9 and '-', not end with '-',"
              + " and be at most 63 characters long");
    }
  }

  /** Reads a service name. */
  public static ServiceName parse(String text) {
    return new ServiceName(text);
  }

  /** The name a service gets from its repository when none is given. */
  public static ServiceName from(String repositoryName) {
    String readable = DnsName.readable(repositoryName);
    if (readable.isEmpty() || !Character.isLetter(readable.charAt(0))) {
      readable = readable.isEmpty() ? "app" : "app-" + readable;
    }
    return new ServiceName(
        readable.length() <= DnsName.MAX ? readable : DnsName.hashed(readable, DnsName.MAX));
  }

  @Override
  public int compareTo(ServiceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
