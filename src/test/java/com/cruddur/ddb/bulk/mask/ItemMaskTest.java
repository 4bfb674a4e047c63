package com.cruddur.ddb.bulk.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.chat.InvalidInputException;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class ItemMaskTest {
  private static final String UUID = "3f346c75-ad75-43df-aa35-5b4de50470e0";

  @TempDir private Path folder;
  private final ItemMask mask = new ItemMask(new byte[] {1, 2, 3});

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello, Bayko! See you at 12:30 — or call +49 170 1234567.",
        "Grüße aus Łódź, žluťoučký kůň, tiếng Việt",
        "Γειά σου Κόσμε ΚΟΣΜΕ",
        "Привет, мир! ПРИВЕТ",
        "שלום עולם",
        "مرحبا بالعالم",
        "你好，世界 𠮷野家",
        "こんにちは カタカナ 漢字",
        "안녕하세요 세계",
        "नमस्ते दुनिया สวัสดีชาวโลก",
        "👩‍👩‍👧‍👦 🇩🇪 👍🏽 1️⃣ ok",
        "e\u0301te\u0301 \u202Eabc\u202C \t\u0007",
        "x",
        ""
      })
  void aTextKeepsItsLengthScriptsCaseAndEverythingThatIsNoLetterOrDigit(String text) {
    String masked = mask.text(text);
    int[] before = text.codePoints().toArray();
    int[] after = masked.codePoints().toArray();
    assertThat(after).as(masked).hasSameSizeAs(before);
    for (int i = 0; i < before.length; i++) {
      String at = "%s at %d of %s".formatted(masked, i, text);
      if (Character.isLetter(before[i])) {
        assertThat(UnicodeScript.of(after[i])).as(at).isEqualTo(UnicodeScript.of(before[i]));
        assertThat(Character.isUpperCase(after[i]))
            .as(at)
            .isEqualTo(Character.isUpperCase(before[i]));
        assertThat(Character.isLetter(after[i])).as(at).isTrue();
      } else if (Character.isDigit(before[i])) {
        assertThat(Character.isDigit(after[i])).as(at).isTrue();
      } else {
        assertThat(after[i]).as(at).isEqualTo(before[i]);
      }
    }
    for (String word : text.split("[^\\p{L}]+")) {
      if (word.codePointCount(0, word.length()) >= 3) {
        assertThat(masked).doesNotContainIgnoringCase(word);
      }
    }
  }

  @Test
  void theSameWordHasTheSameStandInWhereverAndHoweverItIsWritten() {
    assertThat(mask.text("@bayko: Bayko said BAYKO"))
        .isEqualTo(
            "@%1$s: %2$s %4$s %3$s"
                .formatted(
                    mask.text("bayko"), mask.text("Bayko"), mask.text("BAYKO"), mask.text("said")));
    assertThat(mask.text("BAYKO")).isEqualToIgnoringCase(mask.text("bayko"));
    assertThat(new ItemMask(new byte[] {1, 2, 3}).text("bayko")).isEqualTo(mask.text("bayko"));
    assertThat(new ItemMask(new byte[] {9}).text("bayko")).isNotEqualTo(mask.text("bayko"));
  }

  @Test
  void noStandInHoldsAWordOfALanguage() {
    List<String> words = List.of("the", "and", "www", "xxx", "zzz", "bad", "add", "fee", "cab");
    IntStream.range(0, 20_000)
        .mapToObj(
            i ->
                mask.text(
                    "word"
                        + Integer.toString(i, 36)
                        + " "
                        + UUID.replace("3f", "%02x".formatted(i % 256))))
        .forEach(masked -> words.forEach(word -> assertThat(masked).doesNotContain(word)));
  }

  @Test
  void aUuidIsAUuidAgainAndKeepsThatItHadCapitals() {
    String masked = mask.text(UUID);
    assertThat(masked).matches("[0-9f]{8}-[0-9]{4}-4[0-9]{3}-[89][0-9]{3}-[0-9]{11}f");
    assertThat(mask.text("see " + UUID + "!")).isEqualTo(mask.text("see") + " " + masked + "!");
    String capitals = mask.text(UUID.toUpperCase(Locale.ROOT));
    assertThat(capitals).isNotEqualTo(masked).isEqualToIgnoringCase(masked);
    assertThat(java.util.UUID.fromString(masked).version()).isEqualTo(4);
  }

  @Test
  void keysStayOursTimesStayAndTheRestIsMaskedWhateverItsType() {
    Map<String, AttributeValue> item =
        Map.of(
            "pk", AttributeValue.fromS("MSG#" + UUID),
            "sk", AttributeValue.fromS("2026-03-19T23:59:59.000001+00:00"),
            "ttl", AttributeValue.fromN("1700000000"),
            "phone", AttributeValue.fromN("491701234567890"),
            "raw", AttributeValue.fromB(SdkBytes.fromUtf8String("bayko")),
            "tags", AttributeValue.fromSs(List.of("alpha", "beta")),
            "more", AttributeValue.fromM(Map.of("name", AttributeValue.fromS("Bayko"))),
            "list", AttributeValue.fromL(List.of(AttributeValue.fromS("bayko"))),
            "ok", AttributeValue.fromBool(true));
    Map<String, AttributeValue> masked = mask.apply(item);
    assertThat(masked.keySet())
        .containsExactlyInAnyOrderElementsOf(
            item.keySet().stream().map(n -> n.matches("[ps]k") ? n : mask.text(n)).toList());
    assertThat(masked.get("pk").s()).isEqualTo("MSG#" + mask.text(UUID));
    for (String kept : List.of("sk", "ttl", "ok")) {
      assertThat(masked.get(kept.equals("sk") ? kept : mask.text(kept))).isEqualTo(item.get(kept));
    }
    assertThat(masked.get(mask.text("phone")).n()).hasSize(15).isNotEqualTo("491701234567890");
    assertThat(masked.get(mask.text("raw")).b().asByteArray()).hasSize(5);
    assertThat(masked.get(mask.text("tags")).ss()).hasSize(2).doesNotContain("alpha", "beta");
    assertThat(masked.toString().toLowerCase(Locale.ROOT)).doesNotContain("bayko");
  }

  @Test
  void namesOfFieldsAndAttributesHoldNobodysNameAndNoneIsLost() {
    Map<String, AttributeValue> letters = new HashMap<>();
    for (char c = 'a'; c <= 'z'; c++) {
      letters.put("" + c, AttributeValue.fromS("" + c));
    }
    Map<String, AttributeValue> item =
        Map.of(
            "pk",
            AttributeValue.fromS("USER#bayko"),
            "sk",
            AttributeValue.fromS("PROFILE"),
            "message",
            AttributeValue.fromS("hi"),
            "user_handle",
            AttributeValue.fromS("bayko"),
            "seen_by_bayko_" + UUID,
            AttributeValue.fromBool(true),
            "reactions",
            AttributeValue.fromM(Map.of("bayko", AttributeValue.fromM(letters))),
            "letters",
            AttributeValue.fromSs(List.copyOf(letters.keySet())),
            "2026-03-19",
            AttributeValue.fromN("2125551234"),
            "phone",
            AttributeValue.fromN("4915112345678"));
    Map<String, AttributeValue> masked = mask.apply(item);
    assertThat(masked).containsKeys("pk", "sk", "message", "user_handle", "2026-03-19");
    assertThat(masked.get(mask.text("reactions")).m().get(mask.text("bayko")).m()).hasSize(26);
    assertThat(masked.get(mask.text("letters")).ss()).hasSize(26).doesNotHaveDuplicates();
    assertThat(masked.toString())
        .doesNotContain("bayko", UUID, "reactions", "letters", "seen", "2125551234", "4915112345");
    assertThat(mask.apply(item)).isEqualTo(masked);
  }

  @Test
  void aSecretIsMadeOnceAndItsOwnersAlone() throws Exception {
    Path file = folder.resolve("ddb/mask-secret");
    byte[] secret = MaskSecret.in(file);
    assertThat(secret).hasSize(32);
    assertThat(MaskSecret.in(file)).isEqualTo(secret);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.writeString(file, "12345");
    assertThatThrownBy(() -> MaskSecret.in(file)).isInstanceOf(InvalidInputException.class);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThatThrownBy(() -> MaskSecret.in(link)).isInstanceOf(UncheckedIOException.class);
  }
}
