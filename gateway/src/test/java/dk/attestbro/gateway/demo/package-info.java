@NullMarked
package dk.attestbro.gateway.demo;

import org.jspecify.annotations.NullMarked;
