/** What the journey needs from the world. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.port;
