package com.cruddur.ddb.aws;

import com.cruddur.ddb.aws.AwsStandIn.Reply;
import com.cruddur.ddb.aws.AwsStandIn.Request;
import java.time.Duration;
import java.time.Instant;

/** Plays the metadata services: of an instance (version 2, with a token), and of a container. */
public final class MetadataStandIn {
  /** The key of the instance's role. */
  public static final String INSTANCE_KEY = "ASIAINSTANCE";

  /** The key of the container's role. */
  public static final String CONTAINER_KEY = "ASIACONTAINER";

  private static final Duration LIFE = Duration.ofHours(1);
  private volatile boolean role = true;
  private volatile String token = "";

  /** From now on a container's role is given only to who shows this token. */
  public void wants(String authorization) {
    token = authorization;
  }

  /** From now on neither has a role. */
  public void takeRole() {
    role = false;
  }

  Reply reply(Request request) {
    String path = request.path();
    if (path.equals("/latest/api/token")) {
      return Reply.text(200, "metadata-token");
    }
    if (path.endsWith("/placement/region")) {
      return Reply.text(200, "eu-west-1");
    }
    if (path.endsWith("/instance-identity/document")) {
      return Reply.json(200, "{\"region\":\"eu-west-1\"}");
    }
    if (!role) {
      return Reply.text(404, "not found");
    }
    if (path.endsWith("/security-credentials/")) {
      return Reply.text(200, "instance-role");
    }
    if (!request.call().service().equals("container")) {
      return credentials(INSTANCE_KEY);
    }
    return request.header("authorization").equals(token)
        ? credentials(CONTAINER_KEY)
        : Reply.json(401, "{\"code\":\"Unauthorized\",\"message\":\"who is it?\"}");
  }

  private static Reply credentials(String key) {
    return Reply.json(
        200,
        """
        {"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"%s","SecretAccessKey":"secret",
        "Token":"token","Expiration":"%s","LastUpdated":"%s"}
        """
            .formatted(key, Instant.now().plus(LIFE), Instant.now()));
  }
}
