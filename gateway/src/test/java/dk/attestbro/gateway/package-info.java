/** What holds for the whole gateway. */
@NullMarked
package dk.attestbro.gateway;

import org.jspecify.annotations.NullMarked;
