package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.output.Notices;
import java.util.function.Supplier;

/** What failed at another table or place than the command's own, which is to be named instead. */
public final class ElsewhereException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Target where;

  /** Those of the place, which complete command lines for it; null for the command's own. */
  private final transient Notices notices;

  private ElsewhereException(Target where, Notices notices, RuntimeException cause) {
    super(cause);
    this.where = where;
    this.notices = notices;
  }

  /** Does something at another place; what it fails with is told of that. */
  public static <T> T at(CommandContext there, Supplier<T> work) {
    return at(there.target(), there.notices(), work);
  }

  /** Does something with another table of the same place. */
  public static <T> T at(Target table, Supplier<T> work) {
    return at(table, null, work);
  }

  private static <T> T at(Target where, Notices notices, Supplier<T> work) {
    try {
      return work.get();
    } catch (ElsewhereException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ElsewhereException(where, notices, e);
    }
  }

  public Target where() {
    return where;
  }

  /** Who tells it. */
  public Notices notices(Notices ofCommand) {
    return notices == null ? ofCommand : notices;
  }

  /** Its cure, for that table. */
  public Failure told(Failure failure) {
    return notices == null ? failure.ofTable(where.table()) : failure;
  }

  public RuntimeException failure() {
    return (RuntimeException) getCause();
  }
}
