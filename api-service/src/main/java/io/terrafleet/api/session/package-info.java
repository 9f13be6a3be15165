/** People with a browser: who is signed in, for how long, and that a form was really sent by them. */
@NullMarked
package io.terrafleet.api.session;

import org.jspecify.annotations.NullMarked;
