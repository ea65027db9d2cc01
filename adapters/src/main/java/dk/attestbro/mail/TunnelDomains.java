package dk.attestbro.mail;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The domains that a letter may go to in clear text, because every connection up to them is under
 * TLS with a checked certificate.
 */
public final class TunnelDomains {
  private final Set<String> domains;
  private final Map<String, MtaStsPolicy> policies;

  /**
   * @param domains in lower case
   * @param policies the text of the MTA-STS policy of a domain, where it publishes one
   * @throws IllegalArgumentException where a policy is none, or enforces nothing
   */
  public TunnelDomains(Set<String> domains, Map<String, String> policies) {
    this.domains = Set.copyOf(domains);
    this.policies =
        policies.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> MtaStsPolicy.parse(entry.getValue())));
  }

  boolean has(String domain) {
    return domains.contains(domain);
  }

  /**
   * Whether this host may be given the domain's mail. A name server's word alone does not count: it
   * must stand in the domain's policy or, where it has none, be a host of the domain itself.
   */
  boolean isServedBy(String domain, String host) {
    return Optional.ofNullable(policies.get(domain))
        .map(policy -> policy.takes(host))
        .orElse(host.equalsIgnoreCase(domain) || isWithin(domain, host));
  }

  private static boolean isWithin(String domain, String host) {
    String suffix = "." + domain;
    return host.length() > suffix.length()
        && host.regionMatches(true, host.length() - suffix.length(), suffix, 0, suffix.length());
  }
}
