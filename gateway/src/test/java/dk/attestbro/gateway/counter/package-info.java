/** Tests of the counter. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.counter;
