package io.cite.core.port.source;

/** How the login takes part in the repository. */
public enum CollaboratorAnswer {
  /** It had the permission already. */
  MEMBER,
  /** It was invited, and has accepted if it is the account that this host is spoken to with. */
  ADDED,
  /** It is invited and has not accepted yet. */
  INVITED
}
