package io.cite.adapters.etcd;

import io.etcd.jetcd.ByteSequence;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The keys from one (included) to another (not included), as etcd compares them: by byte. */
record KeyRange(ByteSequence from, ByteSequence to) {
  private static final ByteSequence FIRST = ByteSequence.from(new byte[] {0});

  /** All keys with a prefix; if {@code after} is given, only those greater than it. */
  static KeyRange of(String prefix, @Nullable String after) {
    ByteSequence from =
        after != null && after.compareTo(prefix) >= 0
            ? EtcdConnection.bytes(after + "\0")
            : prefix.isEmpty() ? FIRST : EtcdConnection.bytes(prefix);
    return new KeyRange(from, end(prefix));
  }

  /** In a range's end a single zero stands for the end of all keys. */
  private static ByteSequence end(String prefix) {
    byte[] bytes = prefix.getBytes(StandardCharsets.UTF_8);
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (bytes[i] != (byte) 0xff) {
        byte[] end = Arrays.copyOf(bytes, i + 1);
        end[i]++;
        return ByteSequence.from(end);
      }
    }
    return FIRST;
  }
}
