/** The Rego policy language, version 1, on the JVM: parse, check and evaluate modules against a document. */
@NullMarked
package io.terrafleet.rego;

import org.jspecify.annotations.NullMarked;
