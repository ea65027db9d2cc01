package dk.attestbro.mail;

import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * The ways that mails go out.
 *
 * @param smarthost the server that takes all of ours; where there is none, every mail goes to the
 *     servers of its receiver's domain
 * @param direct whether mails in clear text go to the servers of their domain, past the smarthost:
 *     else the smarthost vouches for TLS up to there
 * @param mx finds those servers
 * @param mxTls whom they may be vouched for by
 * @param mxPort where they listen
 */
public record MailRoutes(
    Optional<SmtpServer> smarthost,
    boolean direct,
    MxHosts mx,
    SSLSocketFactory mxTls,
    int mxPort) {}
