/**
 * What the demo and the bench play with: throwaway certificates, a folder to run in, the gateway as
 * a child process, and simulated partners that know it only from outside.
 */
@NullMarked
package dk.attestbro.gateway.demo;

import org.jspecify.annotations.NullMarked;
