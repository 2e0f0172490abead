package io.cite.sdk.wire;

import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 has it, with CITE's stable code and the id that joins it to the server's
 * log.
 *
 * @param type {@code urn:cite:error:<code>}
 */
public record ProblemView(
    @Nullable String type,
    @Nullable String title,
    int status,
    @Nullable String detail,
    @Nullable String code,
    @Nullable String errorId) {}
