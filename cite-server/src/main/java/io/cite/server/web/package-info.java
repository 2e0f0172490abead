/** The web pages: what browsers are shown, and what their forms order. */
@NullMarked
package io.cite.server.web;

import org.jspecify.annotations.NullMarked;
