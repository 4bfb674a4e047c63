package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.dynamo.Target;
import java.util.function.Supplier;

/** What failed at another table or place than the command's own, which is to be named instead. */
public final class ElsewhereException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Target where;

  private ElsewhereException(Target where, RuntimeException cause) {
    super(cause);
    this.where = where;
  }

  /** Does something there; what it fails with is told of that place. */
  public static <T> T at(Target where, Supplier<T> work) {
    try {
      return work.get();
    } catch (ElsewhereException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ElsewhereException(where, e);
    }
  }

  public Target where() {
    return where;
  }

  public RuntimeException failure() {
    return (RuntimeException) getCause();
  }
}
