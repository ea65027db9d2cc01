package dk.attestbro.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;

/** Every element of a resource, from the outside in, each with its FHIRPath. */
final class Elements {
  private Elements() {}

  /** What is done with an element. */
  interface Visitor {
    /** Returns whether what the element holds is to be visited as well. */
    boolean visit(Base element, String path);
  }

  static void visit(Base element, String path, Visitor visitor) {
    if (!visitor.visit(element, path)) {
      return;
    }
    for (Property child : element.children()) {
      List<Base> values = child.getValues();
      for (int i = 0; i < values.size(); i++) {
        String name = path + "." + child.getName().replace("[x]", "");
        visit(values.get(i), child.isList() ? name + "[" + i + "]" : name, visitor);
      }
    }
  }
}
