package dk.attestbro.gateway.wiring;

import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** TLS 1.2 or better with forward secrecy and authenticated encryption alone. */
final class ModernTls {
  static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");
  static final List<String> TLS_12_SUITES =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
  private static final List<String> TLS_13_SUITES =
      List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");

  private ModernTls() {}

  /** The server's side of one connection, whose client must show a certificate. */
  static SSLEngine demandingACertificate(SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    engine.setEnabledProtocols(PROTOCOLS.toArray(String[]::new));
    engine.setEnabledCipherSuites(
        Stream.concat(TLS_13_SUITES.stream(), TLS_12_SUITES.stream()).toArray(String[]::new));
    return engine;
  }
}
