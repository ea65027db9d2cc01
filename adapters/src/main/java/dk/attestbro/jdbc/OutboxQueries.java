package dk.attestbro.jdbc;

import static dk.attestbro.jdbc.Parameters.time;

import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.QueueFigures;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is due, what is over, and how the queues stand. */
final class OutboxQueries {
  // Hops from party to party over outbox_due, so that one party's long queue costs nothing here,
  // and takes no more of each than its window leaves.
  private static final String DUE =
      """
      with recursive party (receiver) as (
        (select receiver from outbox where phase <> 'AWAITING' order by receiver limit 1)
        union all
        select (select o.receiver from outbox o
                where o.phase <> 'AWAITING' and o.receiver > p.receiver
                order by o.receiver limit 1)
        from party p where p.receiver is not null
      )
      select d.* from party p
      cross join lateral (
        select count(*) as rows from outbox u
        where u.receiver = p.receiver and u.phase in ('HANDED_OVER', 'CLAIMED')
          and u.due_at > :now) under_way
      cross join lateral (
        select * from outbox o
        where o.receiver = p.receiver and o.phase <> 'AWAITING'
          and o.due_at <= :now and o.expires_at > :now
        order by o.due_at
        limit greatest(0,
          case when p.receiver = any(string_to_array(:none, ',')) then 0
            when p.receiver = any(string_to_array(:one, ',')) then 1
            else :perParty end - under_way.rows)) d
      where p.receiver is not null
        and not exists (select 1 from paused_party q where q.party = p.receiver)
      order by d.due_at
      limit :limit""";

  private static final String ENDED =
      """
      (select * from outbox where phase = 'AWAITING' and due_at <= :now
       order by due_at limit :limit)
      union all
      (select * from outbox where expires_at <= :now
         and not (phase = 'AWAITING' and due_at <= :now)
         and not (phase in ('HANDED_OVER', 'CLAIMED') and due_at > :now)
       order by expires_at limit :limit)
      order by due_at
      limit :limit""";

  private static final String FIGURES =
      """
      select coalesce(q.receiver, p.party) as party, p.party is not null as paused,
        coalesce(depth, 0) as depth, oldest, coalesce(in_flight, 0) as in_flight,
        coalesce(waiting_for_retry, 0) as waiting_for_retry, coalesce(awaiting, 0) as awaiting,
        last_error
      from (
        select receiver,
          count(*) filter (where phase <> 'AWAITING') as depth,
          min(recorded_at) filter (where phase <> 'AWAITING') as oldest,
          count(*) filter (where phase = 'CLAIMED' and due_at > :now) as in_flight,
          count(*) filter (where phase = 'TO_SEND' and last_reason is not null)
            as waiting_for_retry,
          count(*) filter (where phase = 'AWAITING') as awaiting,
          (array_agg(last_reason order by failed_at desc nulls last)
            filter (where phase <> 'AWAITING' and last_reason is not null))[1] as last_error
        from outbox group by receiver) q
      full join paused_party p on p.party = q.receiver
      order by 1""";

  // Rows of a party that operations paused, or whose circuit is open, wait for it: they are not
  // stuck.
  private static final String STUCK =
      """
      (select l.letter_id, l.sender from letter l
       where l.status in ('RECORDED', 'QUEUED', 'SENT')
         and not (l.status = 'SENT' and l.event = 'acknowledgement-message')
         and not exists (
           select 1 from outbox o where o.letter_id = l.letter_id and o.sender = l.sender)
       limit :limit)
      union all
      (select o.letter_id, o.sender from outbox o
       where o.due_at < :overdueSince
         and (o.phase = 'AWAITING'
           or not exists (select 1 from paused_party q where q.party = o.receiver)
           and o.receiver <> all(string_to_array(:held, ',')))
       order by o.due_at limit :limit)
      limit :limit""";

  private final JdbcClient jdbc;

  OutboxQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<OutboxRow> due(Instant now, Outbox.Window window, int limit) {
    return jdbc.sql(DUE)
        .param("now", time(now))
        .param("perParty", window.perParty())
        .param("one", list(window.one()))
        .param("none", list(window.none()))
        .param("limit", limit)
        .query((row, number) -> Rows.outboxRow(row))
        .list();
  }

  List<OutboxRow> ended(Instant now, int limit) {
    return jdbc.sql(ENDED)
        .param("now", time(now))
        .param("limit", limit)
        .query((row, number) -> Rows.outboxRow(row))
        .list();
  }

  boolean extendLease(LetterRef letter, int version, Instant until) {
    return jdbc.sql(
                "update outbox set due_at = ? where letter_id = ? and sender = ? and version = ?"
                    + " and phase = 'CLAIMED'")
            .params(time(until), letter.id().value(), letter.sender().value(), version)
            .update()
        == 1;
  }

  List<QueueFigures> figures(Instant now) {
    return jdbc.sql(FIGURES)
        .param("now", time(now))
        .query(
            (row, number) ->
                new QueueFigures(
                    new PartyId(row.getString("party")),
                    row.getLong("depth"),
                    Rows.optionalInstant(row, "oldest"),
                    row.getLong("in_flight"),
                    row.getLong("waiting_for_retry"),
                    row.getLong("awaiting"),
                    row.getBoolean("paused"),
                    Rows.text(row, "last_error")))
        .list();
  }

  List<LetterRef> stuck(Instant overdueSince, Set<PartyId> held, int limit) {
    return jdbc.sql(STUCK)
        .param("overdueSince", time(overdueSince))
        .param("held", list(held))
        .param("limit", limit)
        .query((row, number) -> Rows.ref(row))
        .list();
  }

  /** For string_to_array: a party's id has no comma. */
  private static String list(Set<PartyId> parties) {
    return parties.stream().map(PartyId::value).collect(Collectors.joining(","));
  }
}
