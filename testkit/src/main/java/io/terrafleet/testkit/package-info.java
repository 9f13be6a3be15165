/** What the tests of every module stand on: a broker and a database, the house rules, patience, archives, terraform. */
@NullMarked
package io.terrafleet.testkit;

import org.jspecify.annotations.NullMarked;
