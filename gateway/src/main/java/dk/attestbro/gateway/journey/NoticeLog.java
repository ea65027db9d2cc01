package dk.attestbro.gateway.journey;

import dk.attestbro.model.Notice;

/** Where it is noted what became of notices: never by another notice. */
public interface NoticeLog {
  void told(Notice notice);

  /** Nobody was told; {@code reason} is a code. */
  void givenUp(Notice notice, String reason);
}
