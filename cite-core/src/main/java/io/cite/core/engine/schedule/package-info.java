/** What is to be done, and when: one piece of work of a kind at a time. */
@NullMarked
package io.cite.core.engine.schedule;

import org.jspecify.annotations.NullMarked;
