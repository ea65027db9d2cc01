/** Tests of the desk. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.desk;
