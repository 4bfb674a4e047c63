package com.cruddur.ddb.cli;

import java.util.Random;

/** Text that other programs stumble over, made of pieces that each did so somewhere. */
final class OddText {
  private static final String[] PIECES = {
    "a",
    "hello ",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u00a0",
    "\u2003",
    "\u3000",
    "\u0000",
    "\u001b[31m",
    "\u007f",
    "\u0085",
    "\u202e",
    "\u2028",
    "\ufeff",
    "'",
    "\"",
    "\\",
    "\\n",
    "\\u0041",
    "%s%n",
    "${x}",
    "{}",
    "[",
    "=1+1",
    "+",
    "-",
    "--",
    "@",
    "#",
    ",",
    ";",
    "é",
    "e\u0301",
    "漢字",
    "مرحبا",
    "😀",
    "👨\u200d👩\u200d👧",
    "🇩🇪",
    "\ud83d",
    "\ude00",
    "\uffff",
    "null",
    "0",
    "-1",
    "1e999",
    "MSG#",
    "GRP#",
    "x".repeat(300),
    "😀".repeat(511)
  };

  private OddText() {}

  /** Up to eight pieces. */
  static String of(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(9); i > 0; i--) {
      text.append(piece(random));
    }
    return text.toString();
  }

  static String piece(Random random) {
    return PIECES[random.nextInt(PIECES.length)];
  }
}
