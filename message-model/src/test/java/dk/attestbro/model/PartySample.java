package dk.attestbro.model;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A party for a test: one there is or a plain one, with what the test wants otherwise. */
public final class PartySample {
  private final Party old;
  private Optional<LocalDate> validTo;
  private Optional<PartyId> successor;
  private List<Certificate> signers;
  private boolean resendsItself;
  private boolean automaticReminders;
  private Optional<Endpoint> endpoint;
  private Optional<Fallback> fallback;
  private List<Source> sources;

  private PartySample(Party old) {
    this.old = old;
    validTo = old.validTo();
    successor = old.successor();
    signers = old.signers();
    resendsItself = old.resendsItself();
    automaticReminders = old.automaticReminders();
    endpoint = old.endpoint();
    fallback = old.fallback();
    sources = old.sources();
  }

  /**
   * Valid for good, without an endpoint.
   *
   * @param area the code of a municipality's or a region's area
   */
  public static PartySample of(
      String id, String name, Party.Kind kind, String area, String sor, String gln) {
    return like(
        new Party(
            new PartyId(id),
            name,
            kind,
            kind == Party.Kind.MUNICIPALITY ? Optional.of(area) : Optional.empty(),
            kind == Party.Kind.REGION ? Optional.of(area) : Optional.empty(),
            sor,
            gln,
            Optional.empty(),
            Optional.empty(),
            LocalDate.of(2007, 1, 1),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false,
            true,
            Optional.empty(),
            Optional.empty(),
            List.of()));
  }

  public static PartySample like(Party party) {
    return new PartySample(party);
  }

  public PartySample until(LocalDate last) {
    validTo = Optional.of(last);
    return this;
  }

  public PartySample succeededBy(PartyId party) {
    successor = Optional.of(party);
    return this;
  }

  public PartySample signing(Certificate signer) {
    signers = List.of(signer);
    return this;
  }

  public PartySample resendingItself(boolean itself) {
    resendsItself = itself;
    return this;
  }

  public PartySample withoutReminders() {
    automaticReminders = false;
    return this;
  }

  public PartySample at(Endpoint where) {
    endpoint = Optional.of(where);
    return this;
  }

  public PartySample withoutEndpoint() {
    endpoint = Optional.empty();
    return this;
  }

  public PartySample fallingBack(Duration after, Endpoint to) {
    fallback = Optional.of(new Fallback(after, to));
    return this;
  }

  public PartySample sendingThrough(List<Source> doors) {
    sources = List.copyOf(doors);
    return this;
  }

  public Party party() {
    return new Party(
        old.id(),
        old.name(),
        old.kind(),
        old.municipality(),
        old.region(),
        old.sor(),
        old.gln(),
        old.cvr(),
        old.fkOrg(),
        old.validFrom(),
        validTo,
        successor,
        signers,
        resendsItself,
        automaticReminders,
        endpoint,
        fallback,
        sources);
  }
}
