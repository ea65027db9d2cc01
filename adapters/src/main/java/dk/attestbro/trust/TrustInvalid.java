package dk.attestbro.trust;

import java.util.List;

/** Roots, intermediates or CRLs that cannot be used, with every mistake. */
public final class TrustInvalid extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrustInvalid(List<String> mistakes) {
    super(String.join("; ", mistakes));
  }
}
