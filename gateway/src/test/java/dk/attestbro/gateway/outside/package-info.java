/**
 * The running gateway seen from outside: real TLS, real database and broker, real HTTPS partners.
 * Nothing here reaches into it.
 */
@NullMarked
package dk.attestbro.gateway.outside;

import org.jspecify.annotations.NullMarked;
