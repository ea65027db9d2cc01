/** Keys, signatures and encryption: the only place where the gateway touches a private key. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.crypto;
