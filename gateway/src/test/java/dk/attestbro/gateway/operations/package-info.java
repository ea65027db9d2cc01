@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.operations;
