package com.cruddur.ddb.cli.context;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote down. */
public final class Version implements IVersionProvider {
  public static String number() {
    // The jar's manifest comes with the start-up archive; a resource would open the jar, 17,000
    // entries.
    String manifest = Version.class.getPackage().getImplementationVersion();
    return manifest == null ? resource() : manifest;
  }

  private static String resource() {
    Properties properties = new Properties();
    try (InputStream in =
        Version.class.getResourceAsStream("/com/cruddur/ddb/version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** What {@code ddb --version} prints. */
  public static String line() {
    return "ddb " + number() + " (Java " + System.getProperty("java.version") + ")";
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }
}
