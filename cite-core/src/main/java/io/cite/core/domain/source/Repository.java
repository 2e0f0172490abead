package io.cite.core.domain.source;

/**
 * What the source host says of a repository.
 *
 * @param name its name as the host spells it
 * @param id the host's number for it, which survives renaming
 * @param defaultBranch the branch that new clones check out
 * @param archived whether it is read-only
 * @param permission what the CITE account may do with it
 * @param htmlUrl its page
 */
public record Repository(
    RepositoryName name,
    long id,
    BranchName defaultBranch,
    boolean archived,
    Permission permission,
    String htmlUrl) {}
