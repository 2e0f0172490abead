package io.cite.server.web.view;

/**
 * Why a request failed.
 *
 * @param errorId under which the log has the details
 */
public record ProblemPage(int status, String title, String detail, String errorId) {}
