package dk.attestbro.gateway.demo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a bench run measures, and for how long.
 *
 * @param clients how many callers post letters side by side
 * @param outstanding how many exchanges each of them may have open
 * @param keys what letters are signed with and encrypted to
 * @param validation whether the gateway validates, as it always does in earnest
 * @param kilobytes the size of a letter
 * @param viewers open overview pages of the desk that look in every other slice of the measured
 *     time
 * @param validatorTime how long validation alone is measured, after as long a warm-up
 */
public record BenchOptions(
    Path data,
    Duration warmUp,
    Duration measured,
    int clients,
    int outstanding,
    KeyKind keys,
    boolean validation,
    int kilobytes,
    int viewers,
    Duration validatorTime) {}
