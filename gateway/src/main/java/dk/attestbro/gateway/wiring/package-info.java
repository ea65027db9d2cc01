/** Where everything is put together: settings, beans, start and stop. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.wiring;
