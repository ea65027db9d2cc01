package dk.attestbro.mail;

import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * A mail server to hand mails to. The connection is always under TLS 1.2 or newer, and the server
 * must show a certificate for exactly this host name.
 *
 * @param implicitTls whether TLS is there from the first byte; else by STARTTLS, which must succeed
 *     before anything else is said
 * @param login how to identify ourselves; none for a server that takes mail for its own boxes
 */
public record SmtpServer(
    String host, int port, boolean implicitTls, Optional<MailLogin> login, SSLSocketFactory tls) {}
