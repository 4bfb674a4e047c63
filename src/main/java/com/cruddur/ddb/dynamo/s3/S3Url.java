package com.cruddur.ddb.dynamo.s3;

import com.cruddur.ddb.chat.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in S3.
 *
 * @param prefix what the keys begin with; empty for the whole bucket
 */
public record S3Url(String bucket, String prefix) {
  private static final Pattern FORM =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(?!/)(.{0,1024}))?");

  /**
   * Reads {@code s3://BUCKET/PREFIX}.
   *
   * @throws InvalidInputException when the text is none
   */
  public static S3Url parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidInputException(
          "'" + text + "' is not an S3 url", "It looks like s3://BUCKET or s3://BUCKET/PREFIX.");
    }
    return new S3Url(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + prefix;
  }
}
