@NullMarked
package dk.attestbro.gateway.evidence;

import org.jspecify.annotations.NullMarked;
