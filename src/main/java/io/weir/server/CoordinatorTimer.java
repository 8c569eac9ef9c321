package io.weir.server;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * The life of the jobs within the life of the application: starts them, drives the checkpoint
 * coordinators with a timer, and stops them at the end.
 *
 * <p>A start-up singleton, because the container ends it before it interrupts the managed threads
 * that the tasks run on; a bean of CDI's application scope ends after them.
 */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class CoordinatorTimer {
  /** How late a checkpoint may be triggered or expire. */
  private static final long TICK_MILLIS = 50;

  @Resource private TimerService timers;
  @Inject private JobServer server;

  @PostConstruct
  void start() {
    server.start();
    timers.createIntervalTimer(
        TICK_MILLIS, TICK_MILLIS, new TimerConfig("weir coordinator", false));
  }

  @Timeout
  void tick() {
    server.tick();
  }

  @PreDestroy
  void stop() {
    server.stop();
  }
}
