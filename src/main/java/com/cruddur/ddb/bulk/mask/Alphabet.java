package com.cruddur.ddb.bulk.mask;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The letters that stand-ins are made of. Where a script has few letters they are ones that seldom
 * stand together, and none follows itself, so that no stand-in is, or holds, a word of the script's
 * languages.
 */
record Alphabet(UnicodeScript script, int utf8, boolean upper, int[] letters) {
  private static final List<Alphabet> ALPHABETS =
      List.of(
          of(UnicodeScript.LATIN, 1, false, "jkqvwxz"),
          of(UnicodeScript.LATIN, 1, true, "JKQVWXZ"),
          of(UnicodeScript.LATIN, 2, false, "ĵŵŷźķħŧ"),
          of(UnicodeScript.LATIN, 2, true, "ĴŴŶŹĶĦŦ"),
          of(UnicodeScript.LATIN, 3, false, "ẑẕẋẍẇḧḱ"),
          of(UnicodeScript.LATIN, 3, true, "ẐẔẊẌẆḦḰ"),
          of(UnicodeScript.GREEK, 2, false, "ξψζφχβ"),
          of(UnicodeScript.GREEK, 2, true, "ΞΨΖΦΧΒ"),
          of(UnicodeScript.CYRILLIC, 2, false, "щъфцэх"),
          of(UnicodeScript.CYRILLIC, 2, true, "ЩЪФЦЭХ"),
          of(UnicodeScript.HEBREW, 2, false, "זטסצק"),
          of(UnicodeScript.ARABIC, 2, false, "ظغثضذ"));

  /**
   * Where a script has no list of its own: letters of the same kind near the one they stand for.
   */
  private static final int NEAR = 64;

  private static final int TRIES = 200;
  private static final int HAN_FIRST = 0x4E00;
  private static final int HAN = 0x5000;
  private static final int HANGUL_FIRST = 0xAC00;
  private static final int HANGUL = 11_172;

  private static Alphabet of(UnicodeScript script, int utf8, boolean upper, String letters) {
    return new Alphabet(script, utf8, upper, letters.codePoints().toArray());
  }

  /** The alphabet for a letter. */
  static Alphabet of(int letter) {
    UnicodeScript script = UnicodeScript.of(letter);
    boolean upper = Character.isUpperCase(letter) || Character.isTitleCase(letter);
    int utf8 = utf8(letter);
    for (Alphabet alphabet : ALPHABETS) {
      if (alphabet.script == script && alphabet.utf8 == utf8 && alphabet.upper == upper) {
        return alphabet;
      }
    }
    return new Alphabet(script, utf8, upper, new int[0]);
  }

  private static int utf8(int c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }

  /**
   * A letter that stands for another one.
   *
   * @param before the one before it, which it is not; -1 for none
   * @param dice gives a number below a bound
   */
  int letter(int of, int before, IntUnaryOperator dice) {
    if (letters.length > 0) {
      int letter = letters[dice.applyAsInt(letters.length)];
      return letter == before ? letters[(indexOf(letter) + 1) % letters.length] : letter;
    } else if (script == UnicodeScript.HAN && utf8 == 3) {
      return HAN_FIRST + dice.applyAsInt(HAN);
    } else if (script == UnicodeScript.HANGUL && of >= HANGUL_FIRST) {
      return HANGUL_FIRST + dice.applyAsInt(HANGUL);
    }
    for (int i = 0; i < TRIES; i++) {
      int near = (of & -NEAR) + dice.applyAsInt(NEAR);
      if (near != before && near != of && isLike(near, of)) {
        return near;
      }
    }
    return of;
  }

  private boolean isLike(int one, int other) {
    return UnicodeScript.of(one) == script && Character.getType(one) == Character.getType(other);
  }

  private int indexOf(int letter) {
    int index = 0;
    while (letters[index] != letter) {
      index++;
    }
    return index;
  }
}
