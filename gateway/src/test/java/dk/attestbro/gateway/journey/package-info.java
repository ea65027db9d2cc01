/** Tests of the steps of the journey, without Spring and without Camel. */
@NullMarked
package dk.attestbro.gateway.journey;

import org.jspecify.annotations.NullMarked;
