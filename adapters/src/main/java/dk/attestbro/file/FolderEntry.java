package dk.attestbro.file;

import java.time.Instant;

/**
 * One name in a folder. {@code regular} is false for whatever is not a file of its own: a link, a
 * folder, a device, a name that this machine cannot write down.
 */
record FolderEntry(String name, long size, Instant modified, boolean regular) {}
