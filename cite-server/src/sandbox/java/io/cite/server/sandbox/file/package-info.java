/** Files of a sandbox that outlive its process. */
@NullMarked
package io.cite.server.sandbox.file;

import org.jspecify.annotations.NullMarked;
