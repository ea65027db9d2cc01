/** Tests of the routes, with the in-memory adapters. */
@NullMarked
package dk.attestbro.gateway.routes;

import org.jspecify.annotations.NullMarked;
