package dk.attestbro.gateway.pages;

import dk.attestbro.port.Staff;
import java.util.List;

/** What a part of the pages puts into the menu of those who may go there. A bean each. */
@FunctionalInterface
public interface Navigation {
  List<Item> of(Staff staff);

  /**
   * One place to go.
   *
   * @param key the text's key in the messages
   */
  record Item(String path, String key) {}
}
