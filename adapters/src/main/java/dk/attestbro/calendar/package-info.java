/** The days on which Danish authorities work. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.calendar;
