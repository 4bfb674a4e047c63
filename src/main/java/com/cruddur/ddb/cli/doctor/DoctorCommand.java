package com.cruddur.ddb.cli.doctor;

import com.cruddur.ddb.aws.AwsAccess;
import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Failure;
import com.cruddur.ddb.cli.context.Failures;
import com.cruddur.ddb.doctor.CacheDoctor;
import com.cruddur.ddb.doctor.CallerCheck;
import com.cruddur.ddb.doctor.Diagnosis;
import com.cruddur.ddb.doctor.Diagnosis.Status;
import com.cruddur.ddb.doctor.ElsewhereSearch;
import com.cruddur.ddb.doctor.EndpointCheck;
import com.cruddur.ddb.doctor.ErrorSummary;
import com.cruddur.ddb.doctor.JavaCheck;
import com.cruddur.ddb.doctor.LocalCheck;
import com.cruddur.ddb.doctor.TableCheck;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.ServerDate;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.check.Cost;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import com.cruddur.ddb.local.StackSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

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
  private final CommandContext context;

  public DoctorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<Diagnosis> all = new ArrayList<>();
    new JavaCheck(context.cliEnvironment().home()).run(all::add);
    context
        .settings()
        .all()
        .forEach(
            s -> all.add(new Diagnosis("setting " + s.name(), Status.OK, s.told(), null, null)));
    checkTarget(all);
    if (context.cache().target().exists()) {
      new CacheDoctor(context.cache().target()::settings).run(all::add);
    } else {
      all.add(CacheDoctor.none());
    }
    return new DoctorReport(context).print(all) ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void checkTarget(List<Diagnosis> all) {
    Target target = context.target();
    boolean own = false;
    if (target.kind() == Target.Kind.LOCAL) {
      StackSettings settings = context.local().settings();
      own = new LocalCheck(context.local().stack(settings), settings.port()).run(all::add);
    }
    boolean keyed = target.accessKeyId() != null;
    AwsAccess access = new AwsAccess(new AwsEnvironment(context.environment()), target.profile());
    if (!keyed && !new CallerCheck(access, target, DynamoDbClients.TIMEOUT).run(all::add)) {
      return;
    }
    boolean direct = all.stream().noneMatch(one -> one.check().equals("proxy"));
    if (direct && !EndpointCheck.connects(target, all::add)) {
      return;
    }
    boolean shared = own;
    ServerDate date = new ServerDate(context.cliEnvironment().clock());
    try (TableAdmin tables = context.clients().probes(target, date)) {
      if (new EndpointCheck(target, tables, date, this::explain).run(all::add)) {
        new TableCheck(
                tables, target.table(), this::explain, () -> shared ? List.of() : elsewhere())
            .run(all::add);
      }
    } catch (RuntimeException e) {
      // No client can be made, such as without a region.
      ErrorSummary trouble = explain(e);
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
            context.target(),
            context.environment().get("AWS_ACCESS_KEY_ID"),
            other -> context.clients().probes(other, new CapacityMeter(false)))
        .places();
  }

  private ErrorSummary explain(Throwable e) {
    Failure failure = Failures.of(e, context.target());
    return new ErrorSummary(failure.code(), failure.message(), failure.hint());
  }

  @Override
  public Map<String, Object> explain() {
    return QueryPlans.steps(
        "ListTables, 1 name; DescribeTable "
            + context.table()
            + ", if it is missing in other regions too; Query, 1 key; DescribeContinuousBackups",
        Cost.of("1", "0"));
  }
}
