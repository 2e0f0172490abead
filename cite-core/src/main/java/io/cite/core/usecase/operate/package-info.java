/** Reading, settings, deletion and everything else that operators ask for. */
@NullMarked
package io.cite.core.usecase.operate;

import org.jspecify.annotations.NullMarked;
