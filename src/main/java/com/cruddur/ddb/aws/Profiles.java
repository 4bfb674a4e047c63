package com.cruddur.ddb.aws;

import com.cruddur.ddb.text.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;

/**
 * The profiles of AWS's configuration files, and what the one in use says.
 *
 * @param file those of both files
 * @param name the profile in use
 */
record Profiles(ProfileFile file, String name) {
  static final String DEFAULT = "default";
  private static final char BYTE_ORDER_MARK = '\ufeff';

  /**
   * Reads both files; one that is not there has none.
   *
   * @throws AwsSetupException when one cannot be read, naming it and the line
   */
  static Profiles read(AwsEnvironment environment, String name) {
    ProfileFile.Aggregator all = ProfileFile.aggregator();
    add(all, environment.configFile(), ProfileFile.Type.CONFIGURATION);
    add(all, environment.credentialsFile(), ProfileFile.Type.CREDENTIALS);
    return new Profiles(all.build(), name);
  }

  private static void add(ProfileFile.Aggregator all, Path path, ProfileFile.Type type) {
    if (!Files.exists(path)) {
      return;
    }
    try {
      if (Utf8.decode(Files.readAllBytes(path)).indexOf(BYTE_ORDER_MARK) == 0) {
        throw broken(path, "line 1 begins with a byte order mark", null);
      }
      all.addFile(ProfileFile.builder().content(path).type(type).build());
    } catch (Utf8.NotUtf8Exception e) {
      throw broken(path, e.getMessage(), e);
    } catch (IOException e) {
      boolean folder = Files.isDirectory(path);
      throw broken(path, folder ? "is a folder" : "cannot be read", e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw broken(path, String.valueOf(e.getMessage()), e);
    }
  }

  private static AwsSetupException broken(Path path, String why, Throwable cause) {
    return AwsSetupException.setting(
        path + ": " + why.lines().findFirst().orElse(""),
        "Repair that file, or name another with AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE.",
        cause);
  }

  Optional<Profile> profile(String other) {
    return file.profile(other);
  }

  /** A property of the profile in use; null for none. */
  String property(String property) {
    return file.profile(name)
        .flatMap(p -> p.property(property))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .orElse(null);
  }

  String region() {
    return property(ProfileProperty.REGION);
  }

  /** The endpoint that the profile names for a service, such as {@code dynamodb}; null for none. */
  String endpointUrl(String service) {
    if (Boolean.parseBoolean(property(ProfileProperty.IGNORE_CONFIGURED_ENDPOINT_URLS))) {
      return null;
    }
    String services = property("services");
    String own =
        services == null
            ? null
            : file.getSection("services", services)
                .flatMap(s -> s.property(service.toLowerCase(Locale.ROOT) + ".endpoint_url"))
                .orElse(null);
    return own == null ? property(ProfileProperty.ENDPOINT_URL) : own.strip();
  }
}
