package com.cruddur.ddb.engine.item;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cruddur.ddb.engine.item.AttributeValue.N;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "0042,42",
    "+7,7",
    "1.0,1",
    "1.500,1.5",
    ".5,0.5",
    "5.,5",
    "1e3,1000",
    "12E-3,0.012",
    "-1.25e1,-12.5",
    "0e99,0",
    "12345678901234567890123456789012345678,12345678901234567890123456789012345678",
  })
  void aNumberHasOneText(String written, String kept) {
    assertEquals(kept, new N(written).text());
  }

  @Test
  void theEndsOfTheRangeAreNumbers() {
    assertEquals("1" + "0".repeat(125), new N("1E125").text());
    assertEquals("-9" + "0".repeat(125), new N("-9E125").text());
    assertEquals("0." + "0".repeat(129) + "1", new N("1E-130").text());
  }

  @ParameterizedTest
  @CsvSource({
    "0,1",
    "1,2",
    "12,2",
    "123,3",
    "1234,3",
    "12345678901234567890123456789012345678,20",
    "0042,2",
    "100,2",
    "1010,3",
    "0.0000001,2",
    "1E125,2",
    "1.5,3",
    "1.234,4",
    "3.14159,5",
    "123456,4",
    "100.5,4",
    "0.15,2",
    "-42,3",
    "-0,1",
  })
  void aNumberIsCountedAsAwsWasSeenToCountIt(String written, int bytes) {
    assertEquals(bytes, new N(written).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1E126|Number overflow. Attempting to store a number with magnitude larger than supported"
            + " range",
        "-1E999999999999|Number overflow. Attempting to store a number with magnitude larger than"
            + " supported range",
        "1E-131|Number underflow. Attempting to store a number with magnitude smaller than"
            + " supported range",
        "123456789012345678901234567890123456789|Attempting to store more than 38 significant"
            + " digits in a Number",
        "1E9223372036854775808|The parameter cannot be converted to a numeric value:"
            + " 1E9223372036854775808",
        "0E126|Number overflow. Attempting to store a number with magnitude larger than supported"
            + " range",
        "0E-131|Number underflow. Attempting to store a number with magnitude smaller than"
            + " supported range",
        "abc|The parameter cannot be converted to a numeric value: abc",
        "1e|The parameter cannot be converted to a numeric value: 1e",
        "1_0|The parameter cannot be converted to a numeric value: 1_0",
        "--1|The parameter cannot be converted to a numeric value: --1",
        "NaN|The parameter cannot be converted to a numeric value: NaN",
        "''|The parameter cannot be converted to a numeric value",
      })
  void whatIsNoNumberIsRefusedInAwssWords(String written, String message) {
    assertEquals(message, assertThrows(EngineException.class, () -> new N(written)).getMessage());
  }

  @Test
  void sumsKeepEveryDigitAndRefuseOneTooMany() {
    Decimal big = new N("1E37").decimal();
    assertEquals("1" + "0".repeat(36) + "1", big.plus(new N("1").decimal()).text());
    assertEquals("0", big.minus(big).text());
    Decimal small = new N("1.23456789E-130").decimal();
    assertEquals("0", small.minus(small).text());
    assertEquals("0", new N("0E125").text());
    assertThrows(EngineException.class, () -> big.plus(new N("0.1").decimal()));
  }
}
