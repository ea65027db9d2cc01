package dk.attestbro.file;

import java.time.Duration;

/**
 * How a folder is emptied: how long a file must have stood still; after how long what another node
 * took and did not finish is taken over; the largest file; whether what was taken is kept in {@code
 * done}; how many files one turn takes.
 */
public record CollectSettings(
    Duration stable, Duration claim, int mostBytes, boolean keepTaken, int perTurn) {}
