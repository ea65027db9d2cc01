package dk.attestbro.mail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/**
 * Asks name servers, by the JDK. Their answers are not proven (no DNSSEC): what they name must
 * prove itself by certificate.
 */
public final class DnsMxHosts implements MxHosts {
  private static final String RECORD = "MX";

  private final String nameServers;

  /** Asks those of the machine. */
  public DnsMxHosts() {
    this("dns:");
  }

  /**
   * @param nameServers addresses of the form {@code dns://host:port}, with blanks between
   */
  DnsMxHosts(String nameServers) {
    this.nameServers = nameServers;
  }

  // The DNS provider alone is asked, by name, for text records: no object is read from an answer.
  @Override
  @SuppressWarnings("BanJNDI")
  public List<String> of(String domain) {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, nameServers);
    environment.put("com.sun.jndi.dns.timeout.initial", "2000");
    environment.put("com.sun.jndi.dns.timeout.retries", "2");
    try {
      DirContext dns = new InitialDirContext(environment);
      try {
        Attribute records = dns.getAttributes(domain, new String[] {RECORD}).get(RECORD);
        return records == null ? List.of(domain) : hosts(records);
      } finally {
        dns.close();
      }
    } catch (NameNotFoundException unknown) {
      return List.of();
    } catch (NamingException unanswered) {
      throw new MxUnknown(unanswered);
    }
  }

  private record Preferred(int preference, String host) {}

  private static List<String> hosts(Attribute records) throws NamingException {
    List<Preferred> hosts = new ArrayList<>();
    NamingEnumeration<?> all = records.getAll();
    while (all.hasMore()) {
      String[] parts = String.valueOf(all.next()).strip().split("\\s+");
      if (parts.length == 2 && parts[0].matches("\\d{1,5}") && !parts[1].equals(".")) {
        hosts.add(new Preferred(Integer.parseInt(parts[0]), parts[1].replaceFirst("\\.$", "")));
      }
    }
    hosts.sort(Comparator.comparingInt(Preferred::preference));
    return hosts.stream().map(Preferred::host).toList();
  }
}
