package dk.attestbro.port;

/** The way to the broker: one queue per party, {@code deliver.<party>}. */
public interface TransmissionQueue {
  /** Sends durably, once per letter and version; throws where the broker does not confirm. */
  void send(ProtectedMessage message);
}
