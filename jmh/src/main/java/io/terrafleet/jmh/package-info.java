/** How long single functions take. The benchmarks themselves lie in the packages of what they measure, as tests do. */
@NullMarked
package io.terrafleet.jmh;

import org.jspecify.annotations.NullMarked;
