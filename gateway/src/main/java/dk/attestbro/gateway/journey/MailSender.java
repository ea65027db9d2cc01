package dk.attestbro.gateway.journey;

import dk.attestbro.port.MailAddress;

/** Whom the gateway's mails are from: its address, which answers come to, and how it is shown. */
public record MailSender(MailAddress address, String name) {}
