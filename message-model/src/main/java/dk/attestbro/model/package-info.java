/** The words of the exchange as types, and its rules as pure functions. JDK only. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.model;
