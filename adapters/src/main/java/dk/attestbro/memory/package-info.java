/** The records in memory: for tests, and as the second witness of the contract. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.memory;
