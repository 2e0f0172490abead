/** What pages say, in each language that there is. */
@NullMarked
package io.cite.server.web.text;

import org.jspecify.annotations.NullMarked;
