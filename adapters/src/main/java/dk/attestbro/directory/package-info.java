/** Who is who, and who calls: the directory and the tokens as files that an operator edits. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.directory;
