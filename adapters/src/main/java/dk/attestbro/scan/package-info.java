/** Attachments looked through by a virus scanner of the site's own. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.scan;
