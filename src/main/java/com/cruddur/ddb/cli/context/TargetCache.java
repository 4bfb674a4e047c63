package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.aws.AwsAccess;
import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.cache.CacheException;
import com.cruddur.ddb.cache.CacheSettings;
import com.cruddur.ddb.cache.MomentoCache;
import com.cruddur.ddb.cache.MomentoNetwork;
import com.cruddur.ddb.cache.PageCache;
import com.cruddur.ddb.cache.PageConnection;
import com.cruddur.ddb.cache.PageKeys;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.local.LocalStack;
import com.cruddur.ddb.output.Notices;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * The cache that belongs to a target: that of the embedded stack, or Momento by the environment's
 * key. Its clients are opened when they are first needed; until then no class of Momento is loaded.
 */
public final class TargetCache implements AutoCloseable {
  private static final String EMULATED = "000000000000/";

  private final Target target;
  private final Map<String, String> environment;
  private final LocalTarget local;

  /** What was warned of since the cache last answered: a shell says it once, not for each line. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private final Set<String> said = ConcurrentHashMap.newKeySet();

  private MomentoCache client;
  private PageKeys keys;
  private final PageConnection connection = new PageConnection(this::openForPages);

  TargetCache(Target target, Map<String, String> environment, LocalTarget local) {
    this.target = target;
    this.environment = environment;
    this.local = local;
  }

  /** Whether something is to be said: once, as long as commands have this target. */
  boolean first(String what) {
    return said.add(what);
  }

  /** Whether this target has a cache at all. */
  public boolean exists() {
    return isLocal() || CacheSettings.hasKey(environment);
  }

  /** Whether it is written to: Momento's service only with {@code --prod}. */
  public boolean isWritable() {
    return isLocal() || (target.isProd() && CacheSettings.hasKey(environment));
  }

  /**
   * The embedded stack has a cache, also when it is named by its url. What listens there may be a
   * tunnel to production, too.
   */
  private boolean isLocal() {
    return target.kind() == Target.Kind.LOCAL
        || (target.endpoint() != null
            && DynamoDbClients.isLoopback(target.endpoint())
            && target.endpoint().getPort() == local.settings().port()
            && (!target.isProd() || local.isOwnStack()));
  }

  public CacheSettings settings() {
    if (isLocal()) {
      return CacheSettings.local(environment, local.settings().cachePort());
    }
    CacheSettings service = CacheSettings.service(environment);
    MomentoNetwork.use(new AwsAccess(new AwsEnvironment(environment), target.profile()));
    return target.isProd() ? service : service.asReadOnly();
  }

  /** Which service is meant and what named it, without the key. */
  public Setting service() {
    return isLocal()
        ? new Setting(
            "service",
            "the local cache server on port " + local.settings().cachePort(),
            environment.containsKey("DDB_LOCAL_CACHE_PORT") ? "DDB_LOCAL_CACHE_PORT" : "default")
        : new Setting("service", "Momento", "key of " + CacheSettings.keySource(environment));
  }

  /** The client of the commands that are about the cache; starts the stack if that is meant. */
  MomentoCache open(Notices notices) {
    if (client == null) {
      CacheSettings settings = settings();
      if (target.kind() == Target.Kind.LOCAL) {
        local.ensureRunning(notices);
      }
      requireListener(settings);
      client = MomentoCache.open(settings);
    }
    return client;
  }

  /** The pages of one command; over a new connection if the last one has failed. */
  PageCache pages(Notices notices) {
    if (!told.isEmpty()) {
      connection.close();
    }
    return new PageCache(
        connection::client,
        new PageCache.Log() {
          @Override
          public void warn(String line) {
            if (!local.hasStopped() && told.add(line)) {
              // warning: Momento: no answer in time; the table answers instead
              notices.warn(line);
            } else {
              notices.detail(line);
            }
          }

          @Override
          public void answered() {
            told.clear();
          }

          @Override
          public void detail(String line) {
            notices.detail(line);
          }
        });
  }

  /**
   * The names of cached lists, made of the table's identity.
   *
   * @param table looks the table up; may throw what the service answers
   * @return empty when nobody tells who owns the table
   */
  Optional<PageKeys> keys(Supplier<TableDescription> table) {
    if (keys == null) {
      keys = isLocal() ? new PageKeys("local/" + target.table()) : described(table);
    }
    return Optional.ofNullable(keys);
  }

  private PageKeys described(Supplier<TableDescription> table) {
    try {
      PageKeys named = PageKeys.ofArn(table.get().tableArn());
      // Every emulator has the same account: what tells two of them apart is where they are.
      return named.place().startsWith(EMULATED) && target.endpoint() != null
          ? new PageKeys(place(target.endpoint()) + "/" + target.table())
          : named;
    } catch (DynamoDbException e) {
      if (!isDenied(e)) {
        throw e;
      }
      return null;
    }
  }

  private static boolean isDenied(DynamoDbException e) {
    return e.awsErrorDetails() != null
        && "AccessDeniedException".equals(e.awsErrorDetails().errorCode());
  }

  private static String place(URI endpoint) {
    String host = DynamoDbClients.isLoopback(endpoint) ? "localhost" : endpoint.getHost();
    return host + ":" + endpoint.getPort();
  }

  /** Begins to open the cache beside whatever else a command does before it writes. */
  void warmUp() {
    if (isWritable()) {
      connection.warmUp();
    }
  }

  private MomentoCache openForPages() {
    CacheSettings settings = settings();
    // Reading through a cache writes to it.
    settings.requireWritable();
    requireListener(settings);
    return MomentoCache.openForPages(settings);
  }

  /** Asks before gRPC is loaded, which takes longer. */
  private static void requireListener(CacheSettings settings) {
    if (settings.localPort() > 0 && !LocalStack.answers(settings.localPort())) {
      throw new CacheException(
          CacheException.Kind.UNREACHABLE,
          settings.describe() + ": nothing answers",
          "See 'ddb local status'; 'ddb local stop' and 'ddb local start' start it again.");
    }
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
    connection.close();
  }
}
