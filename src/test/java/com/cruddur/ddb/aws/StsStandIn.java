package com.cruddur.ddb.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cruddur.ddb.aws.AwsStandIn.Reply;
import com.cruddur.ddb.aws.AwsStandIn.Request;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Plays STS: who calls, and keys of roles. A role's key is {@code ASIA} and the role's name. */
public final class StsStandIn {
  private static final Duration LIFE = Duration.ofHours(1);
  private final AwsStandIn aws;
  private volatile Reply answer;

  StsStandIn(AwsStandIn aws) {
    this.aws = aws;
  }

  /** From now on every request is answered by this error. */
  public void fail(int status, String code, String message) {
    answer = error(status, code, message);
  }

  Reply reply(Request request) {
    if (answer != null) {
      return answer;
    }
    Map<String, String> form = form(request.body());
    String keyId = request.call().keyId();
    String action = form.get("Action");
    if (action.equals("GetCallerIdentity")) {
      String arn = "arn:aws:iam::" + aws.accountOf(keyId) + ":user/" + keyId;
      return result(
          action,
          "<Arn>%s</Arn><UserId>AIDA%s</UserId><Account>%s</Account>"
              .formatted(arn, keyId, aws.accountOf(keyId)));
    }
    String[] arn = form.get("RoleArn").split(":", 6);
    String role = arn[5].substring(arn[5].lastIndexOf('/') + 1);
    String assumed = "ASIA" + role.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    aws.account(assumed, arn[4]);
    return result(
        action,
        """
        <Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
        <SessionToken>token</SessionToken><Expiration>%s</Expiration></Credentials>
        <AssumedRoleUser><AssumedRoleId>AROA:%s</AssumedRoleId>
        <Arn>arn:aws:sts::%s:assumed-role/%s/%s</Arn></AssumedRoleUser>
        """
            .formatted(
                assumed,
                aws.now().plus(LIFE),
                form.get("RoleSessionName"),
                arn[4],
                role,
                form.get("RoleSessionName")));
  }

  private static Reply result(String action, String content) {
    return Reply.xml(
        200,
        """
        <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult>%2$s</%1$sResult>
        <ResponseMetadata><RequestId>STANDIN</RequestId></ResponseMetadata></%1$sResponse>
        """
            .formatted(action, content));
  }

  static Reply error(int status, String code, String message) {
    return Reply.xml(
        status,
        """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
        <Code>%s</Code><Message>%s</Message></Error><RequestId>STANDIN</RequestId></ErrorResponse>
        """
            .formatted(code, message));
  }

  static Map<String, String> form(byte[] body) {
    return Arrays.stream(new String(body, UTF_8).split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> URLDecoder.decode(pair.length > 1 ? pair[1] : "", UTF_8),
                (first, second) -> second));
  }
}
