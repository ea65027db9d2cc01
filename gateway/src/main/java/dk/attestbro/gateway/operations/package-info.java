/** What operations see: explained letters, the overview, the ways to parties. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.operations;
