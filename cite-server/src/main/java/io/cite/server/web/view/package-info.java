/** What templates show: values, ready to be written into a page. */
@NullMarked
package io.cite.server.web.view;

import org.jspecify.annotations.NullMarked;
