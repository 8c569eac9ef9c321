package io.weir.testkit;

import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Function;

/** A catalog whose calls fail when, and how, a test wants it. */
public final class FaultyCatalog {
  private final JobCatalog catalog;
  private final Function<String, CatalogFault> faults;

  private FaultyCatalog(JobCatalog catalog, Function<String, CatalogFault> faults) {
    this.catalog = catalog;
    this.faults = faults;
  }

  /**
   * Puts faults in front of a catalog.
   *
   * @param faults asked at every call, with the name of the method; an outage is a function that
   *     gives {@link CatalogFault#FAILS_BEFORE} for a while
   */
  public static JobCatalog of(JobCatalog catalog, Function<String, CatalogFault> faults) {
    FaultyCatalog faulty = new FaultyCatalog(catalog, faults);
    return (JobCatalog)
        Proxy.newProxyInstance(
            FaultyCatalog.class.getClassLoader(),
            new Class<?>[] {JobCatalog.class},
            (proxy, method, arguments) -> faulty.call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    boolean isOfCatalog = method.getDeclaringClass() == JobCatalog.class;
    CatalogFault fault = isOfCatalog ? faults.apply(method.getName()) : CatalogFault.NONE;
    if (fault == CatalogFault.FAILS_BEFORE) {
      throw injected(method, "before it was done");
    }
    Object result;
    try {
      result = method.invoke(catalog, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (fault == CatalogFault.FAILS_AFTER) {
      throw injected(method, "after it was done");
    }
    return result;
  }

  private static CatalogException injected(Method method, String when) {
    return new CatalogException("injected fault: " + method.getName() + " failed " + when, null);
  }
}
