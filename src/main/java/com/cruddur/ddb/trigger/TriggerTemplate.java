package com.cruddur.ddb.trigger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The CloudFormation template of the trigger on AWS: src/main/cloudformation/trigger.yaml. */
public final class TriggerTemplate {
  private TriggerTemplate() {}

  /** The template as it is, YAML. */
  public static String yaml() {
    try (InputStream template = TriggerTemplate.class.getResourceAsStream("trigger.yaml")) {
      return new String(template.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
