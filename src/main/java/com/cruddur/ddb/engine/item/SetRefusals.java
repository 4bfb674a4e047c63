package com.cruddur.ddb.engine.item;

import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What AWS says of sets that cannot be. */
final class SetRefusals {

  private SetRefusals() {}

  static EngineException empty(String type) {
    return EngineException.invalid(
        switch (type) {
          case "SS" -> "An string set  may not be empty";
          case "NS" -> "An number set  may not be empty";
          default -> "Binary sets should not be empty";
        });
  }

  static EngineException nullMember(String type) {
    return EngineException.invalid(
        switch (type) {
          case "SS" -> "An string set may not have a null string as a member";
          case "NS" -> "An number set may not have a null number as a member";
          default -> "Binary sets may not contain null or empty values";
        });
  }

  /**
   * @param modern whether to refuse in AWS's newer words
   */
  static EngineException duplicates(String type, List<AttributeValue> members, boolean modern) {
    return modern ? modernDuplicates(type, members) : olderDuplicates(type, members);
  }

  private static EngineException olderDuplicates(String type, List<AttributeValue> members) {
    return switch (type) {
      case "SS" ->
          EngineException.invalid("Input collection %s contains duplicates.", texts(members));
      case "NS" -> EngineException.validation("Input collection contains duplicates");
      default ->
          EngineException.invalid(
              "Input collection %sof type BS contains duplicates.", texts(members));
    };
  }

  /** Newer words quote the members, those before the repeated one in order. */
  private static EngineException modernDuplicates(String type, List<AttributeValue> members) {
    if (type.equals("NS")) {
      return EngineException.invalid("Input collection contains duplicates.");
    }
    Set<AttributeValue> seen = new HashSet<>();
    List<AttributeValue> ordered = new ArrayList<>(members);
    int repeat = 0;
    while (seen.add(members.get(repeat))) {
      repeat++;
    }
    ordered.subList(0, repeat).sort(AttributeOrder::compare);
    boolean text = type.equals("SS");
    return EngineException.invalid(
        "Input collection [%s%s",
        texts(ordered).stream()
            .map(member -> '"' + member + '"')
            .collect(Collectors.joining(text ? ", " : ",")),
        text ? "] contains duplicates." : "]of type BS contains duplicates.");
  }

  private static List<String> texts(List<AttributeValue> members) {
    return members.stream()
        .map(
            each ->
                each instanceof S s
                    ? s.value()
                    : Base64.getEncoder().encodeToString(((B) each).bytes()))
        .toList();
  }
}
