/** The desk: what operations staff see and do in a browser, never a person's data. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.desk;
