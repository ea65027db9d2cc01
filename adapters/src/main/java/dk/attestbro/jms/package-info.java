/** The broker: Artemis in the process or outside it, and the way there and back. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.jms;
