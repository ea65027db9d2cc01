/**
 * Tests of the wiring, and what the endurance tests put into a gateway that runs as a process of
 * its own.
 */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.wiring;
