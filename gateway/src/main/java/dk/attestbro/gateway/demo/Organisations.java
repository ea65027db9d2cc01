package dk.attestbro.gateway.demo;

import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The organisations of the demo, as each of them knows the others: made up, but for their names.
 */
enum Organisations {
  AARHUS(
      "employment-aarhus",
      "Aarhus Kommune, Beskæftigelse",
      Party.Kind.MUNICIPALITY,
      "0751",
      "1234567890123456",
      "5790000121526"),
  ODENSE(
      "employment-odense",
      "Odense Kommune, Beskæftigelse",
      Party.Kind.MUNICIPALITY,
      "0461",
      "1234567890123457",
      "5790001382445"),
  MIDT(
      "psychiatry-midt",
      "Psykiatrien i Region Midtjylland",
      Party.Kind.REGION,
      "1082",
      "1234567890123458",
      "5790000000012"),
  SYD(
      "psychiatry-syd",
      "Psykiatrien i Region Syddanmark",
      Party.Kind.REGION,
      "1083",
      "1234567890123459",
      "5790000000029");

  /** The gateway's own entry, which its Receipts and Acknowledgements come from. */
  static final String GATEWAY_YAML =
      "gateway: {id: attestbro, name: Attestbro, sor: \"1234567890123450\", gln: \"5790000000036\"}\n";

  private final String id;
  private final String fullName;
  private final Party.Kind kind;
  private final String area;
  private final String sor;
  private final String gln;

  Organisations(String id, String fullName, Party.Kind kind, String area, String sor, String gln) {
    this.id = id;
    this.fullName = fullName;
    this.kind = kind;
    this.area = area;
    this.sor = sor;
    this.gln = gln;
  }

  String id() {
    return id;
  }

  String sor() {
    return sor;
  }

  boolean isMunicipality() {
    return kind == Party.Kind.MUNICIPALITY;
  }

  /** As the message model wants a sender or a receiver. */
  Party party() {
    boolean municipality = isMunicipality();
    return new Party(
        new PartyId(id),
        fullName,
        kind,
        municipality ? Optional.of(area) : Optional.empty(),
        municipality ? Optional.empty() : Optional.of(area),
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
        List.of());
  }

  /** Its entry in directory.yaml, with this endpoint (indented by six). */
  String yaml(String endpoint) {
    return """
          - id: %s
            name: "%s"
            kind: %s
            %s: "%s"
            sor: "%s"
            gln: "%s"
            validFrom: 2007-01-01
            endpoint:
        """
            .formatted(
                id,
                fullName,
                kind.name().toLowerCase(Locale.ROOT),
                kind == Party.Kind.MUNICIPALITY ? "municipality" : "region",
                area,
                sor,
                gln)
        + endpoint.indent(6);
  }

  /** The organisation with this SOR code. */
  static Optional<Organisations> bySor(String sor) {
    for (Organisations one : values()) {
      if (one.sor.equals(sor)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
