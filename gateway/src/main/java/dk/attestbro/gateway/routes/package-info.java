/** The Camel routes: contents pages of the journey, one screen each, errors ending in one place. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.routes;
