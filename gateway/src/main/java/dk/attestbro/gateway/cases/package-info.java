/** What becomes of cases as a whole: their figures. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.gateway.cases;
