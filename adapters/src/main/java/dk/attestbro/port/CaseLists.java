package dk.attestbro.port;

import dk.attestbro.model.CertificateCase;
import java.util.List;

/** Cases as people page through them. */
public interface CaseLists {
  /**
   * The cases that are wanted, in this order; {@code after} of the query does not count.
   *
   * @param skip how many of them stand on the pages before
   */
  List<CertificateCase> cases(CaseQuery query, Order<By> order, long skip);

  /** How many are wanted; {@code after} and {@code limit} of the query do not count. */
  long count(CaseQuery query);

  /**
   * What cases are ordered by; those that are alike go by their ids. A case that nothing is due in
   * comes last.
   */
  enum By {
    OPENED,
    UPDATED,
    DUE,
    FORM,
    STATE
  }
}
