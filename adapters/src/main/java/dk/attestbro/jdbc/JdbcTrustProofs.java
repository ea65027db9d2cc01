package dk.attestbro.jdbc;

import dk.attestbro.model.Digest;
import dk.attestbro.port.CertificateTrust.Proof;
import dk.attestbro.port.RecordsUnavailable;
import dk.attestbro.port.TrustProofs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The proofs in PostgreSQL. What was seen there lately is not sent again. */
public final class JdbcTrustProofs implements TrustProofs {
  private static final int MOST_SEEN = 10_000;

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final Map<String, Boolean> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_SEEN;
        }
      };

  /** Works on a database that {@link Database} has migrated. */
  public JdbcTrustProofs(DataSource dataSource) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
  }

  @Override
  public void keep(Collection<Proof> proofs) {
    // In the order of their digests, so that no two writers wait for each other.
    Map<String, Proof> unseen = new TreeMap<>();
    for (Proof proof : proofs) {
      String digest = proof.digest().hex();
      if (!isSeen(digest)) {
        unseen.put(digest, proof);
      }
    }
    if (unseen.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "insert into trust_proof (sha256, kind, der) values (?, ?, ?)"
                    + " on conflict (sha256) do nothing")) {
      for (Proof proof : unseen.values()) {
        new Parameters(statement)
            .digest(proof.digest())
            .text(proof.kind().name())
            .bytes(Optional.of(proof.der()));
        statement.executeUpdate();
      }
    } catch (SQLException failure) {
      throw new RecordsUnavailable(failure);
    }
    see(unseen);
  }

  private synchronized boolean isSeen(String digest) {
    return seen.get(digest) != null;
  }

  private synchronized void see(Map<String, Proof> kept) {
    kept.keySet().forEach(digest -> seen.put(digest, true));
  }

  @Override
  public Optional<Proof> find(Digest digest) {
    try {
      return jdbc.sql("select kind, der from trust_proof where sha256 = ?")
          .param(HexFormat.of().parseHex(digest.hex()))
          .query((row, number) -> new Proof(Proof.Kind.valueOf(row.getString(1)), row.getBytes(2)))
          .optional();
    } catch (DataAccessException failure) {
      throw SqlFailures.translated(failure);
    }
  }
}
