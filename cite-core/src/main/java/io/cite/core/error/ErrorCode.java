package io.cite.core.error;

/** The stable codes of all failures; each is described in {@code docs/errors.md}. */
public enum ErrorCode {
  /** A value is missing, malformed or out of range. */
  INVALID_INPUT,
  /** A body has a field that does not exist or that only the server may set. */
  UNKNOWN_FIELD,
  /** The body is not JSON of the expected shape. */
  MALFORMED_BODY,
  /** The repository does not exist, or the CITE account cannot see it. */
  REPOSITORY_NOT_FOUND,
  /** The branch does not exist in the repository. */
  BRANCH_NOT_FOUND,
  /** The commit does not exist in the repository. */
  COMMIT_NOT_FOUND,
  /** The branch has no Dockerfile at its root. */
  NO_DOCKERFILE,
  /** A file of the repository is too large, or does not say what CITE has to know. */
  UNREADABLE_FILE,
  /** The repository is archived: nothing can be written to it. */
  REPOSITORY_ARCHIVED,
  /** The name has another repository than the one that the service was created from. */
  REPOSITORY_REPLACED,
  /** No build of the commit has made an image. */
  NO_IMAGE,
  /** The image is not one of the repository, or its tag is not the commit. */
  IMAGE_NOT_ALLOWED,
  /** No such resource, or the caller may not know of it. */
  NOT_FOUND,
  /** The resource exists already, or is being made by somebody else. */
  ALREADY_EXISTS,
  /** The resource's state does not allow the operation. */
  WRONG_STATE,
  /** Two owners, services or branches would share one name. */
  NAME_COLLISION,
  /** Several commits begin with the digits that were given. */
  AMBIGUOUS_COMMIT,
  /** The resource changed since it was read. */
  PRECONDITION_FAILED,
  /** The same delivery or idempotency key came with another body. */
  REUSED_KEY,
  /** An object of that name exists and was not created by CITE. */
  FOREIGN_OBJECT,
  /** The caller is known and may not do this. */
  FORBIDDEN,
  /** The caller is not known: no token, or one that is not valid. */
  UNAUTHENTICATED,
  /** The signature is missing or wrong. */
  BAD_SIGNATURE,
  /** A body, header or list is larger than is taken. */
  TOO_LARGE,
  /** Too many requests; try again after the time given. */
  TOO_MANY_REQUESTS,
  /** The route exists, but not with this method. */
  METHOD_NOT_ALLOWED,
  /** The feature needs something that is not configured. */
  NOT_CONFIGURED,
  /** A system that CITE depends on failed or refused. */
  UPSTREAM_FAILED,
  /** The metadata store or the audit trail cannot be reached; nothing was done. */
  STORE_UNAVAILABLE,
  /** CITE receives more than it can keep in memory; nothing was done. */
  OVERLOADED,
  /** A defect in CITE; the log has the details under the error id. */
  INTERNAL;

  /** The code as it is shown outside: lower case with dashes. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
