@NullMarked
package io.cite.server.web;

import org.jspecify.annotations.NullMarked;
