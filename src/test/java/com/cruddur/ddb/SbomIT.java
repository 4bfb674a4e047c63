package com.cruddur.ddb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The software bill of materials, and what is known against the versions in it. No database of
 * advisories can be asked where this runs: those in advisories.csv were looked up by hand, and a
 * version that goes back below one of them fails the build.
 */
class SbomIT {
  private static final Path HOME = Path.of("target/ddb/ddb");

  /** Versions by {@code group:artifact}. */
  private static final Map<String, String> COMPONENTS = new TreeMap<>();

  /** Licences by {@code group:artifact}. */
  private static final Map<String, List<String>> LICENCES = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    JsonNode bom = new ObjectMapper().readTree(HOME.resolve("sbom.json").toFile());
    assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
    for (JsonNode component : bom.path("components")) {
      String name = component.path("group").asText() + ":" + component.path("name").asText();
      COMPONENTS.put(name, component.path("version").asText());
      LICENCES.put(name, licences(component.path("licenses")));
    }
  }

  private static List<String> licences(JsonNode list) {
    List<String> licences = new ArrayList<>();
    for (JsonNode each : list) {
      JsonNode licence = each.path("license");
      licences.add(licence.path("id").asText(licence.path("name").asText("unknown")));
    }
    return licences;
  }

  @Test
  void everyLibraryMayBeShippedByItsLicence() throws IOException {
    List<String> allowed = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> licences =
        CsvReader.builder().ofNamedCsvRecord(Path.of("src/test/resources/licences.csv"))) {
      licences.forEach(licence -> allowed.add(licence.getField("licence")));
    }
    assertThat(LICENCES)
        .isNotEmpty()
        .allSatisfy(
            (name, licences) -> assertThat(licences).as(name).containsAnyElementsOf(allowed));
  }

  @Test
  void namesEveryLibraryThatIsShipped() throws IOException {
    List<String> named = new ArrayList<>();
    COMPONENTS.forEach((name, version) -> named.add(name.split(":", 2)[1] + "-" + version));
    for (List<String> jars :
        List.of(merged(), jars("lib/local"), jars("lib/generate"), jars("lib/ion"))) {
      assertThat(jars)
          .isNotEmpty()
          .allSatisfy(jar -> assertThat(named).contains(jar.replaceFirst("\\.jar$", "")));
    }
  }

  private static List<String> jars(String folder) throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .toList();
    }
  }

  /** The libraries in lib/ddb.jar: those that the plain jar of the build asks for. */
  private static List<String> merged() throws IOException {
    try (JarFile plain = new JarFile("target/ddb.jar")) {
      return List.of(plain.getManifest().getMainAttributes().getValue(Name.CLASS_PATH).split(" "));
    }
  }

  @Test
  void noLibraryIsOlderThanTheCureOfAnAdvisoryThatIsKnownAndNotAccepted() throws IOException {
    List<String> wrong = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> advisories =
        CsvReader.builder().ofNamedCsvRecord(Path.of("src/test/resources/advisories.csv"))) {
      for (NamedCsvRecord advisory : advisories) {
        String version = COMPONENTS.get(advisory.getField("component"));
        boolean affected =
            version != null
                && new ComparableVersion(version)
                        .compareTo(new ComparableVersion(advisory.getField("fixed_in")))
                    < 0;
        boolean accepted = !advisory.getField("accepted_because").isBlank();
        if (affected != accepted) {
          wrong.add((accepted ? "accepted for nothing: " : version + " has ") + advisory);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
