/** The names and settings of services, tried with what people and attackers type. */
@NullMarked
package io.cite.core.domain.service;

import org.jspecify.annotations.NullMarked;
