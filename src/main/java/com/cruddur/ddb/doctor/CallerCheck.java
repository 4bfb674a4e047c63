package com.cruddur.ddb.doctor;

import com.cruddur.ddb.aws.AwsAccess;
import com.cruddur.ddb.aws.AwsSetupException;
import com.cruddur.ddb.aws.CallerIdentity;
import com.cruddur.ddb.aws.CredentialSource;
import com.cruddur.ddb.aws.HttpProxy;
import com.cruddur.ddb.dynamo.Target;
import java.time.Duration;
import java.util.function.Consumer;

/** By which proxy AWS is reached, which source the credentials come from, and whose they are. */
public final class CallerCheck {
  private static final String WHY = "no command on the table works";
  private static final int TLS_PORT = 443;

  private final AwsAccess access;
  private final Target target;
  private final Duration limit;

  /** A check of what a target without fixed keys signs with. */
  public CallerCheck(AwsAccess access, Target target, Duration limit) {
    this.access = access;
    this.target = target;
    this.limit = limit;
  }

  /** Returns whether there is somebody who signs. */
  public boolean run(Consumer<Diagnosis> out) {
    try {
      HttpProxy proxy = proxy();
      if (proxy != null) {
        out.accept(Diagnosis.ok("proxy", proxy.describe()));
      }
      CredentialSource source = access.credentials(target.region(), limit);
      String keyId = source.resolveCredentials().accessKeyId();
      String named = source.words().contains(keyId) ? "" : ", key id " + keyId;
      out.accept(Diagnosis.ok("credentials source", source.words() + named));
      out.accept(caller());
      return true;
    } catch (AwsSetupException e) {
      out.accept(Diagnosis.problem("credentials source", e.getMessage(), WHY, e.hint()));
      return false;
    }
  }

  /** The proxy that leads to the target; null for none. */
  private HttpProxy proxy() {
    if (target.endpoint() != null) {
      int port = target.endpoint().getPort();
      String scheme = target.endpoint().getScheme();
      return access.proxy(scheme, target.endpoint().getHost(), port < 0 ? TLS_PORT : port);
    }
    String region = target.region() == null ? "us-east-1" : target.region();
    return access.proxy("https", "dynamodb." + region + ".amazonaws.com", TLS_PORT);
  }

  private Diagnosis caller() {
    CallerIdentity caller = CallerIdentity.of(access, target.region(), limit);
    return caller.why() == null
        ? Diagnosis.ok("caller", caller.arn() + ", account " + caller.account())
        : Diagnosis.note(
            "caller",
            "not known: " + caller.why(),
            "nothing else says whose credentials these are before a table is described",
            "allow sts:GetCallerIdentity, or see to the way to STS");
  }
}
