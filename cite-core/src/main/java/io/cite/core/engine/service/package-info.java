/** Creates and deletes services, step by step. */
@NullMarked
package io.cite.core.engine.service;

import org.jspecify.annotations.NullMarked;
