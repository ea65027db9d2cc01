/** The steps of a letter's journey: plain classes, one thing in and one thing out. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.journey;
