package dk.attestbro.jdbc;

import dk.attestbro.model.Digest;
import dk.attestbro.port.OcspMemory;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The answers in PostgreSQL. While it cannot be reached nothing is remembered. */
public final class JdbcOcspMemory implements OcspMemory {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcOcspMemory.class);

  private final JdbcClient jdbc;

  /** Works on a database that {@link Database} has migrated. */
  public JdbcOcspMemory(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  @Override
  public Optional<Remembered> find(Digest about) {
    try {
      return jdbc.sql("select der, asked_at from ocsp_answer where about = ?")
          .param(bytes(about))
          .query((row, number) -> new Remembered(row.getBytes(1), Rows.instant(row, "asked_at")))
          .optional();
    } catch (DataAccessException failure) {
      LOG.warn("OCSP answers cannot be looked up: {}", failure.getClass().getName());
      return Optional.empty();
    }
  }

  @Override
  public void remember(Digest about, Remembered answer, Instant forget) {
    try {
      jdbc.sql(
              """
              insert into ocsp_answer (about, der, asked_at) values (?, ?, ?) \
              on conflict (about) do update set der = excluded.der, asked_at = excluded.asked_at \
              where ocsp_answer.asked_at < excluded.asked_at\
              """)
          .params(bytes(about), answer.der(), Parameters.time(answer.asked()))
          .update();
      jdbc.sql("delete from ocsp_answer where asked_at < ?")
          .param(Parameters.time(forget))
          .update();
    } catch (DataAccessException failure) {
      LOG.warn("an OCSP answer cannot be remembered: {}", failure.getClass().getName());
    }
  }

  private static byte[] bytes(Digest digest) {
    return HexFormat.of().parseHex(digest.hex());
  }
}
