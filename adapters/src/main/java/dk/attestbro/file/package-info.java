/** Letters as files: in folders of this machine or over SFTP, both ways by the same rules. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.file;
