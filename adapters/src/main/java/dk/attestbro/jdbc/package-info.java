/** The durable records in PostgreSQL, and the PostgreSQL server that the gateway starts itself. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.jdbc;
