/** What several modules' tests need: throwaway certificates. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.samples;
