package dk.attestbro.trust;

import java.util.Set;

/**
 * The settings that a path validation starts from (RFC 5280, 6.1.1).
 *
 * @param initialPolicies the certificate policies that are accepted; empty: any
 * @param explicitPolicy whether the path must be valid for one of them
 */
public record PathRules(
    Set<String> initialPolicies,
    boolean explicitPolicy,
    boolean mappingInhibited,
    boolean anyPolicyInhibited) {
  /** Any policy or none. */
  public static final PathRules ANY_POLICY = new PathRules(Set.of(), false, false, false);

  public PathRules {
    initialPolicies = Set.copyOf(initialPolicies);
  }

  /** Only paths that are valid for one of these policies; any or none where the set is empty. */
  public static PathRules demanding(Set<String> policies) {
    return policies.isEmpty() ? ANY_POLICY : new PathRules(policies, true, false, false);
  }
}
