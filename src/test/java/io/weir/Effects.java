package io.weir;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What code can do besides computing. */
final class Effects {

  /** Asking the machine for the time, waiting, and making threads. */
  static final DescribedPredicate<JavaAccess<?>> TIME_AND_THREADS =
      describe(
          "asks the machine for the time, sleeps or makes a thread",
          access ->
              is(access, System.class, "currentTimeMillis", "nanoTime")
                  || is(access, Thread.class, "sleep", "<init>", "startVirtualThread")
                  || is(access, TimeUnit.class, "sleep"));

  /** Asking for the date in other ways. */
  static final DescribedPredicate<JavaAccess<?>> CURRENT_TIME =
      describe(
          "asks for the current time",
          access ->
              (access.getTargetOwner().getPackageName().equals("java.time")
                      && (access.getName().equals("now") || access.getName().startsWith("system")))
                  || is(access, java.util.Date.class, "<init>"));

  /** What no seed decides. */
  static final DescribedPredicate<JavaAccess<?>> CHANCE =
      describe(
          "leaves something to chance",
          access ->
              is(access, Math.class, "random")
                  || is(access, java.util.UUID.class, "randomUUID")
                  || is(access, java.util.concurrent.ThreadLocalRandom.class, "current")
                  || is(access, java.security.SecureRandom.class, "<init>"));

  /** Types by which code reads, writes, logs, or shares work between threads. */
  static final DescribedPredicate<JavaClass> INPUT_OUTPUT =
      describe("read, write, log or start threads", Effects::hasEffects);

  private static final Pattern WITH_EFFECTS =
      Pattern.compile(
          "java\\.nio\\.(file|channels)\\..*"
              + "|java\\.io\\.(File|Random|Console).*"
              + "|java\\.net\\.(?!URI).*"
              + "|java\\.sql\\..*|javax\\.sql\\..*"
              + "|java\\.util\\.logging\\..*|java\\.lang\\.System\\$Logger|org\\.slf4j\\..*"
              + "|java\\.util\\.concurrent\\.(?!TimeUnit).*"
              + "|java\\.lang\\.Thread|java\\.util\\.Timer");

  /** Where clocks are read and threads made: the server, and the process of a local job. */
  private static final Set<String> EDGE = Set.of("io.weir.server", "io.weir.job.local");

  private Effects() {}

  static boolean isBelowTheEdge(JavaClass javaClass) {
    return EDGE.stream().noneMatch(edge -> javaClass.getPackageName().startsWith(edge));
  }

  private static boolean hasEffects(JavaClass javaClass) {
    return WITH_EFFECTS.matcher(javaClass.getBaseComponentType().getName()).matches();
  }

  private static boolean is(JavaAccess<?> access, Class<?> owner, String... names) {
    return access.getTargetOwner().isEquivalentTo(owner)
        && List.of(names).contains(access.getName());
  }

  /** Begins a rule: none of these accesses. */
  static Forbidden noneOf(List<DescribedPredicate<JavaAccess<?>>> effects) {
    return new Forbidden(effects);
  }

  /** A rule that lacks the classes to which it applies. */
  record Forbidden(List<DescribedPredicate<JavaAccess<?>>> effects) {
    ArchRule that(DescribedPredicate<? super JavaClass> where) {
      GivenClassesConjunction given = noClasses().that(where);
      return given
          .should()
          .accessTargetWhere(
              describe(
                  effects.stream().map(DescribedPredicate::getDescription).toList().toString(),
                  access -> effects.stream().anyMatch(effect -> effect.test(access))));
    }
  }

  /** What a class does of this. */
  static List<JavaAccess<?>> foundIn(Class<?> type, DescribedPredicate<JavaAccess<?>> effect) {
    Stream<JavaAccess<?>> accesses =
        new ClassFileImporter()
            .importClasses(type).get(type).getAccessesFromSelf().stream().map(each -> each);
    return accesses.filter(effect).toList();
  }
}
