package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.M;
import com.cruddur.ddb.engine.item.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parts of an item that a request asked for, as a tree of the paths to them. */
public final class Projection {

  private final List<Path> paths;
  private final Node root = new Node();

  /** Names and indexes that lead on; none of either at the end of a path. */
  private static final class Node {
    private final Map<String, Node> names = new LinkedHashMap<>();
    private final Map<Integer, Node> indexes = new TreeMap<>();

    private Node child(Object step) {
      return step instanceof String name
          ? names.computeIfAbsent(name, key -> new Node())
          : indexes.computeIfAbsent((Integer) step, key -> new Node());
    }

    private boolean isEnd() {
      return names.isEmpty() && indexes.isEmpty();
    }
  }

  /** A projection onto paths of which none leads through another. */
  public Projection(List<Path> paths) {
    this.paths = List.copyOf(paths);
    for (Path path : paths) {
      Node node = root;
      for (Object step : path.steps()) {
        node = node.child(step);
      }
    }
  }

  /** A projection onto whole attributes. */
  public static Projection of(Iterable<String> names) {
    List<Path> paths = new ArrayList<>();
    names.forEach(name -> paths.add(Path.of(name)));
    return new Projection(paths);
  }

  static Projection parse(String text, Placeholders placeholders) {
    ExpressionReader in = new ExpressionReader("ProjectionExpression", text, placeholders);
    PathSet distinct = new PathSet(in.problems);
    List<Path> paths = new ArrayList<>();
    do {
      Path path = in.path();
      distinct.add(path);
      paths.add(path);
    } while (in.take(","));
    in.end();
    return new Projection(paths);
  }

  /** The paths that were asked for. */
  public List<Path> paths() {
    return paths;
  }

  /** What the item has of what was asked for. List elements move together. */
  public Item apply(Item item) {
    return Item.of(names(item.attributes(), root));
  }

  private static Map<String, AttributeValue> names(Map<String, AttributeValue> from, Node node) {
    Map<String, AttributeValue> found = new LinkedHashMap<>();
    node.names.forEach(
        (name, child) -> {
          AttributeValue value = part(from.get(name), child);
          if (value != null) {
            found.put(name, value);
          }
        });
    return found;
  }

  private static AttributeValue part(AttributeValue value, Node node) {
    if (value == null || node.isEnd()) {
      return value;
    }
    if (value instanceof M m && !node.names.isEmpty()) {
      Map<String, AttributeValue> entries = names(m.entries(), node);
      return entries.isEmpty() ? null : new M(entries);
    }
    if (value instanceof L l && !node.indexes.isEmpty()) {
      List<AttributeValue> elements = new ArrayList<>();
      node.indexes.forEach(
          (index, child) -> {
            AttributeValue element =
                index < l.elements().size() ? part(l.elements().get(index), child) : null;
            if (element != null) {
              elements.add(element);
            }
          });
      return elements.isEmpty() ? null : new L(elements);
    }
    return null;
  }
}
