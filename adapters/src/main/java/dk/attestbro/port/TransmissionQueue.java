package dk.attestbro.port;

import java.util.List;

/** The way to the broker: one queue per party, {@code deliver.<party>}. */
public interface TransmissionQueue {
  /** Sends durably, once per letter and version; throws where the broker does not confirm. */
  void send(ProtectedMessage message);

  /** Sends several, each as {@link #send(ProtectedMessage)} does. */
  default void send(List<ProtectedMessage> messages) {
    messages.forEach(this::send);
  }
}
