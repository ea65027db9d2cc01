package dk.attestbro.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** What the gateway shows to a partner's server: its key, and its certificate with the issuers. */
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
  public TlsIdentity {
    chain = List.copyOf(chain);
  }

  @Override
  public String toString() {
    return "TlsIdentity[" + chain.size() + " certificates]";
  }
}
