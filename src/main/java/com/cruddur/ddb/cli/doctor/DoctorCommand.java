package com.cruddur.ddb.cli.doctor;

import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Failures;
import com.cruddur.ddb.cli.context.Session;
import com.cruddur.ddb.doctor.CacheDoctor;
import com.cruddur.ddb.doctor.Diagnosis;
import com.cruddur.ddb.doctor.Diagnosis.Status;
import com.cruddur.ddb.doctor.ElsewhereSearch;
import com.cruddur.ddb.doctor.EndpointCheck;
import com.cruddur.ddb.doctor.JavaCheck;
import com.cruddur.ddb.doctor.LocalCheck;
import com.cruddur.ddb.doctor.ServerDate;
import com.cruddur.ddb.doctor.TableCheck;
import com.cruddur.ddb.doctor.Trouble;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.check.Explanations;
import com.cruddur.ddb.local.StackSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@code ddb doctor}. */
@Command(
    name = "doctor",
    description = {
      "Look for what is wrong, and name the cause and the cure. Nothing is changed.",
      "Checks Java, settings and their sources, endpoint, credentials, clock, table, index, stream,"
          + " backups, capacity and cache; it never starts the local stack.",
      "A missing table is looked for in other regions, and on DynamoDB Local without -sharedDb also"
          + " under other keys, where each look makes it an empty database."
    },
    exitCodeList = "5:there is a problem",
    footer = {"  ddb doctor", "  ddb doctor -o json", "  ddb doctor --prod --profile ops"})
public final class DoctorCommand implements Callable<Integer>, Explainable {
  private final Session session;

  public DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Diagnosis> all = new ArrayList<>();
    new JavaCheck(session.invocation().home()).run(all::add);
    session
        .settings()
        .all()
        .forEach(
            s -> all.add(new Diagnosis("setting " + s.name(), Status.OK, s.told(), null, null)));
    checkTarget(all);
    if (session.targetCache().exists()) {
      new CacheDoctor(session.targetCache()::settings).run(all::add);
    } else {
      all.add(CacheDoctor.none());
    }
    return new DoctorReport(session).print(all) ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void checkTarget(List<Diagnosis> all) {
    Target target = session.target();
    boolean own = false;
    if (target.kind() == Target.Kind.LOCAL) {
      StackSettings settings = session.local().settings();
      own = new LocalCheck(session.local().stack(settings), settings.port()).run(all::add);
    }
    if (!EndpointCheck.connects(target, all::add)) {
      return;
    }
    boolean shared = own;
    ServerDate date = new ServerDate(session.invocation().clock());
    try (DynamoDbClient client = session.clients().probes(target, date).dynamoDb()) {
      if (new EndpointCheck(target, client, date, this::explain).run(all::add)) {
        new TableCheck(
                client, target.table(), this::explain, () -> shared ? List.of() : elsewhere())
            .run(all::add);
      }
    } catch (RuntimeException e) {
      // No client can be made, such as without a region.
      Trouble trouble = explain(e);
      all.add(
          new Diagnosis(
              "endpoint",
              Status.PROBLEM,
              trouble.message(),
              "no command on the table works",
              trouble.hint()));
    }
  }

  private List<String> elsewhere() {
    return new ElsewhereSearch(
            session.target(),
            session.environment().get("AWS_ACCESS_KEY_ID"),
            other -> session.clients().probes(other, new CapacityMeter(false)).dynamoDb())
        .places();
  }

  private Trouble explain(Throwable e) {
    Failures.Failure failure = Failures.of(e, session.target());
    return new Trouble(failure.code(), failure.message(), failure.hint());
  }

  @Override
  public Map<String, Object> explain() {
    return Explanations.steps(
        "ListTables, 1 name; DescribeTable "
            + session.table()
            + ", if it is missing in other regions too; Query, 1 key; DescribeContinuousBackups",
        "1 RCU");
  }
}
