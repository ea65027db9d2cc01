/**
 * The counter: the web pages of caseworkers and psychiatric units without a system of their own.
 */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.counter;
