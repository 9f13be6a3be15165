package io.terrafleet.api.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The one permission without which this endpoint does nothing. Every endpoint states it, or is {@link Open}; {@link NeedsFilter} keeps
 * back the answer of one that did not ask for what it states.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Needs {
    Permission value();
}
