package io.terrafleet.api.row;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A transaction that only reads: what it has read is not compared, before each of its statements and at its end, with what it was. Beside
 * {@code @Transactional}, on what is asked most and changes nothing; a change to a row would be lost. Its
 * statements are not in one transaction for the database either, unless one of them needs it.
 */
@InterceptorBinding
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Reading {}
