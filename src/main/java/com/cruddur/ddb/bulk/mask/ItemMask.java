package com.cruddur.ddb.bulk.mask;

import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Masks items: uuids, words and numbers get stand-ins, wherever they are, in the names of other
 * programs' attributes and of fields in maps too; times, punctuation, emoji, our names and the form
 * of keys stay. So the masked copy has the same relations, order and lengths in code points, and
 * shows the same faults. For any number of threads.
 */
public final class ItemMask implements UnaryOperator<Map<String, AttributeValue>> {
  private static final Pattern PIECES =
      Pattern.compile(
          "(?<uuid>(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z]))"
              + "|(?<word>\\p{L}[\\p{L}]*)|(?<digits>\\p{Nd}+)");

  private static final Pattern PREFIX = Pattern.compile("^(MSG|GRP)#");

  /**
   * Numbers that may be seconds or milliseconds since 1970, from 2001 to 2033: kept. Phone numbers
   * of ten digits begin with 2 at least.
   */
  private static final Pattern TIME = Pattern.compile("1\\d{9}|1\\d{12}");

  private static final Set<String> OURS = Set.copyOf(Items.ATTRIBUTES);

  private final StandIns standIns;

  /**
   * A mask.
   *
   * @param secret of {@link MaskSecret}
   */
  public ItemMask(byte[] secret) {
    this.standIns = new StandIns(secret);
  }

  @Override
  public Map<String, AttributeValue> apply(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> masked = map(item, OURS);
    masked.computeIfPresent(Keys.PK, (name, value) -> pk(item.get(name)));
    return masked;
  }

  /** The prefix of a key of ours is no word of anybody. */
  private AttributeValue pk(AttributeValue value) {
    String pk = value.s();
    if (pk == null || !PREFIX.matcher(pk).find()) {
      return value(value);
    }
    int end = pk.indexOf('#') + 1;
    return AttributeValue.fromS(pk.substring(0, end) + text(pk.substring(end)));
  }

  private AttributeValue value(AttributeValue value) {
    return switch (value.type()) {
      case S -> AttributeValue.fromS(text(value.s()));
      case N -> AttributeValue.fromN(number(value.n()));
      case B -> AttributeValue.fromB(bytes(value.b()));
      case SS -> AttributeValue.fromSs(List.copyOf(standIns(value.ss(), Set.of()).values()));
      case NS -> AttributeValue.fromNs(value.ns().stream().map(this::number).distinct().toList());
      case BS -> AttributeValue.fromBs(value.bs().stream().map(this::bytes).distinct().toList());
      case L -> AttributeValue.fromL(value.l().stream().map(this::value).toList());
      case M -> AttributeValue.fromM(map(value.m(), Set.of()));
      default -> value;
    };
  }

  private Map<String, AttributeValue> map(Map<String, AttributeValue> values, Set<String> kept) {
    Map<String, String> names = standIns(values.keySet(), kept);
    Map<String, AttributeValue> masked = new LinkedHashMap<>();
    values.forEach((name, value) -> masked.put(names.get(name), value(value)));
    return masked;
  }

  /** Of different texts, all different: short words may have one stand-in. */
  private Map<String, String> standIns(Collection<String> texts, Set<String> kept) {
    Map<String, String> all = new TreeMap<>();
    Set<String> taken = new HashSet<>(kept);
    for (String text : new TreeSet<>(texts)) {
      String standIn = kept.contains(text) ? text : text(text);
      for (int n = 2; !kept.contains(text) && !taken.add(standIn); n++) {
        standIn = text(text) + n;
      }
      all.put(text, standIn);
    }
    return all;
  }

  /** A text with stand-ins; a time is kept. */
  public String text(String text) {
    boolean time = !text.isEmpty() && text.charAt(0) <= '9' && Timestamps.parse(text).isPresent();
    return time ? text : PIECES.matcher(text).replaceAll(this::piece);
  }

  private String piece(MatchResult piece) {
    if (piece.group(1) != null) {
      return standIns.uuid(piece.group());
    }
    return piece.group(2) != null ? standIns.word(piece.group()) : standIns.digits(piece.group());
  }

  private String number(String number) {
    return TIME.matcher(number).matches() || new BigDecimal(number).signum() == 0
        ? number
        : Pattern.compile("^\\D*\\d+").matcher(number).replaceAll(m -> digitsOf(m.group()));
  }

  /** Before a fraction or an exponent, which are kept. */
  private String digitsOf(String begin) {
    int first = begin.length() - begin.replaceAll("^\\D*", "").length();
    return begin.substring(0, first) + standIns.digits(begin.substring(first));
  }

  private SdkBytes bytes(SdkBytes bytes) {
    return SdkBytes.fromByteArrayUnsafe(standIns.bytes(bytes.asByteArrayUnsafe()));
  }
}
