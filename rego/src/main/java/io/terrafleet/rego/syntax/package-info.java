/** From text to syntax tree: lexer, parser and the records of the tree, all with positions. */
@NullMarked
package io.terrafleet.rego.syntax;

import org.jspecify.annotations.NullMarked;
