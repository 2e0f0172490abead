package io.cite.server.adapter.jdbi;

import io.cite.core.error.Upstream;
import java.io.IOException;
import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Says what a failure of the database means: the one place that does. */
final class JdbcFailures {
  /** How the driver of SQLite begins what it says of a full disk. */
  private static final String SQLITE_FULL = "[SQLITE_FULL]";

  /** What POSIX systems say of ENOSPC. */
  private static final String NO_SPACE = "No space left on device";

  private JdbcFailures() {}

  static Upstream translate(String system, String operation, Exception failure) {
    return Upstream.storeUnavailable(system, operation, why(failure), failure);
  }

  private static String why(Exception failure) {
    SQLException sql = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        sql = found;
      }
    }
    return sql == null ? text(failure.getMessage()) : why(sql);
  }

  private static String why(SQLException failure) {
    if (failure.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return "another process uses the database file. Stop that process, or configure another file or etcd";
    }
    if (failure.getErrorCode() == ErrorCode.WRONG_USER_OR_PASSWORD) {
      return "the user or the password is wrong";
    }
    if (isDiskFull(failure)) {
      return "the disk is full. Free space on it; CITE then goes on by itself";
    }
    return text(failure.getMessage());
  }

  private static boolean isDiskFull(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof SQLException && message.startsWith(SQLITE_FULL)
          || cause instanceof IOException && message.contains(NO_SPACE)) {
        return true;
      }
    }
    return false;
  }

  private static String text(@Nullable String message) {
    return message == null ? "the database gave no reason" : message.lines().findFirst().orElse("");
  }
}
