@NullMarked
package dk.attestbro.gateway.cli;

import org.jspecify.annotations.NullMarked;
