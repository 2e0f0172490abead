/** The words of the project: what its texts avoid, and all texts in one file. */
@NullMarked
package io.cite.server.docs;

import org.jspecify.annotations.NullMarked;
