package com.cruddur.ddb.engine.shape;

import java.util.List;
import java.util.Map;

/** Holds what was read against the constraints of its shape, from the outside to the inside. */
final class BodyChecker {
  private final Violations violations;

  BodyChecker(Violations violations) {
    this.violations = violations;
  }

  /**
   * Checks the members of a structure.
   *
   * @param parent the path to the structure, which ends with a dot unless it is empty
   */
  void members(Shape structure, Request request, String parent) {
    structure.members().forEach((name, shape) -> check(shape, request.any(name), parent + name));
  }

  private void check(Shape shape, Object value, String path) {
    shape.constraints().check(value, path, violations);
    Shape element = shape.element();
    if (value instanceof Request structure) {
      members(shape, structure, path + ".");
    } else if (element != null && value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        String where = path + "." + (i + 1) + ".member";
        if (list.get(i) == null) {
          violations.add("null", where, "Member must not be null", false);
        } else {
          check(element, list.get(i), where);
        }
      }
    } else if (element != null && value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> check(element, each, path + "." + key + ".member"));
    }
  }
}
