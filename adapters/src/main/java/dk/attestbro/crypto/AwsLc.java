package dk.attestbro.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library AWS-LC, by its Java provider: machine code that computes faster with a key than what
 * is written in Java (decision 0021). It is passed as an instance and never registered.
 */
final class AwsLc {
  private static final Logger LOG = LoggerFactory.getLogger(AwsLc.class);

  /**
   * Empty where it does not run: on another system than the build's, or from a temporary folder
   * that allows no programs. All else goes on without it.
   */
  static final Optional<Provider> PROVIDER = loaded();

  private AwsLc() {}

  private static Optional<Provider> loaded() {
    AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
    Throwable problem = provider.getLoadingError();
    if (problem == null) {
      return Optional.of(provider);
    }
    LOG.info("AWS-LC does not run here, so signatures take longer: {}", problem.toString());
    return Optional.empty();
  }
}
