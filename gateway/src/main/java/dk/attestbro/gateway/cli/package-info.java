/** The commands: what a person types, exit codes, and tables. Spring loads only for {@code run}. */
@NullMarked
package dk.attestbro.gateway.cli;

import org.jspecify.annotations.NullMarked;
