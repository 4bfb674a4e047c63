package com.cruddur.ddb.engine.partiql;

import com.cruddur.ddb.engine.partiql.PartiqlLexer.Kind;
import com.cruddur.ddb.engine.partiql.PartiqlLexer.Token;
import java.util.Locale;
import java.util.Set;

/** The words that PartiQL keeps for itself: names must be in double quotes to be like them. */
final class PartiqlWords {

  private static final Set<String> KEYWORDS =
      words(
          """
          absolute action add all allocate alter any are as asc assertion at authorization avg bag
          begin bigint bit bit_length blob bool boolean by can_cast can_lossless_cast cascade
          cascaded case cast catalog char char_length character character_length check clob close
          coalesce collate collation column commit connect connection constraint constraints
          continue convert corresponding count create cross current current_date current_time
          current_timestamp current_user cursor date date_add date_diff deallocate dec decimal
          declare default deferrable deferred delete desc describe descriptor diagnostics
          disconnect distinct domain double drop else end escape exception exec execute exists
          external extract false fetch first float for foreign found from full get global go goto
          grant group having identity immediate index indicator initially inner input insensitive
          insert int int2 int4 int8 integer integer2 integer4 integer8 interval into isolation join
          key language last left level limit list local lower match max min missing module names
          national natural nchar next no null nullif numeric octet_length of on only open option
          order outer output overlaps pad partial pivot position precision prepare preserve primary
          prior privileges procedure public read real references relative remove restrict revoke
          right rollback rows schema scroll section select session session_user set sexp size
          smallint some space sql sqlcode sqlerror sqlstate string struct substring sum symbol
          system_user table temporary then time timestamp to transaction translate translation trim
          true tuple unique unknown unpivot update upper usage user using value values varchar
          varying view when whenever where with work write zone
          """);

  private static final Set<String> OPERATORS =
      words("and or not is in between like union except intersect = <> != < <= > >= + -");

  /** What IS may be followed by. */
  private static final Set<String> TYPES =
      words(
          """
          any bag bigint blob bool boolean char character charactervarying clob date dec decimal
          doubleprecision float int int2 int4 int8 integer integer2 integer4 integer8 list missing
          null numeric real sexp smallint string struct symbol time timestamp tuple varchar
          number binary map
          """);

  private PartiqlWords() {}

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /** Whether a token is a bare word that may be a name. */
  static boolean isName(Token token) {
    return token.kind() == Kind.WORD && !isKeyword(token) && !isOperator(token);
  }

  static boolean isKeyword(Token token) {
    return token.kind() == Kind.WORD && KEYWORDS.contains(lower(token));
  }

  static boolean isOperator(Token token) {
    return (token.kind() == Kind.WORD || token.kind() == Kind.SIGN)
        && OPERATORS.contains(lower(token));
  }

  static boolean isType(String name) {
    return TYPES.contains(name.toLowerCase(Locale.ROOT));
  }

  private static String lower(Token token) {
    return token.text().toLowerCase(Locale.ROOT);
  }
}
