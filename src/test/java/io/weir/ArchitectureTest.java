package io.weir;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every dependency arrow points one way, and the types of foreign libraries stay at their homes.
 */
class ArchitectureTest {

  @Test
  void everyPackageHasItsPlaceInALayer() {
    Set<String> unknown =
        MainClasses.ALL.stream()
            .map(each -> each.getPackageName().replaceFirst("^io\\.weir\\.?", ""))
            .map(name -> name.split("\\.", 2)[0])
            .collect(Collectors.toCollection(TreeSet::new));
    unknown.removeAll(Layers.allowed().keySet());
    assertThat(unknown)
        .as("a new package is given its layer in %s, and in the design page", Layers.class)
        .isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> aPackageImportsLowerLayersOnly() {
    return Layers.allowed().entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> checkArrowsOf(each)));
  }

  private static void checkArrowsOf(Map.Entry<String, Set<String>> arrows) {
    Set<String> allowed = new TreeSet<>(arrows.getValue());
    allowed.add(arrows.getKey());
    DescribedPredicate<JavaClass> reachable =
        not(resideInAPackage("io.weir..")).or(resideInAnyPackage(Layers.trees(allowed)));
    classes()
        .that()
        .resideInAPackage(Layers.tree(arrows.getKey()))
        .should()
        .onlyDependOnClassesThat(reachable.as("may be seen from there: %s", arrows.getValue()))
        .allowEmptyShould(true)
        .because(
            "arrows point from the edge to the decisions; let the lower package declare the"
                + " interface that it needs and the upper one implement it, or move the type down"
                + " to where both can see it")
        .check(MainClasses.ALL);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .matching("io.weir.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a cycle makes two packages one; move what both need into the lower of them")
        .check(MainClasses.ALL);
  }

  @Test
  void subPackagesAreFreeOfCycles() {
    slices()
        .matching("io.weir.(**)")
        .should()
        .beFreeOfCycles()
        // two arrangements of Flink that job authors see: descriptors of state take functions whose
        // contexts give state, and the environment makes streams that know their environment
        .ignoreDependency(
            resideInAPackage("io.weir.api.state"), resideInAPackage("io.weir.api.functions"))
        .ignoreDependency(
            resideInAPackage("io.weir.api.environment"), resideInAPackage("io.weir.api.datastream"))
        .because(
            "whoever reads one of two packages in a cycle has to read both; move what both need"
                + " into a third, or join them")
        .check(MainClasses.ALL);
  }

  @Test
  void foreignTypesStayAtTheirHomes() {
    classes()
        .that()
        .resideInAPackage("io.weir..")
        .should(useForeignTypesAtTheirHomesOnly())
        .because(
            "a library that is used everywhere cannot be replaced, and the lower layers must run"
                + " without a server; hide it behind a port in the package that needs it, or, if"
                + " it is a new dependency, give it a home in "
                + ForeignTypes.class.getName())
        .check(MainClasses.ALL);
  }

  private static ArchCondition<JavaClass> useForeignTypesAtTheirHomesOnly() {
    return new ArchCondition<>("use foreign types at their homes only") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        user.getDirectDependenciesFromSelf()
            .forEach(
                dependency -> {
                  String used = dependency.getTargetClass().getBaseComponentType().getName();
                  if (!mayUse(user.getPackageName(), used)) {
                    events.add(SimpleConditionEvent.violated(user, dependency.getDescription()));
                  }
                });
      }
    };
  }

  private static boolean mayUse(String packageName, String used) {
    if (!used.contains(".") || used.matches("(java|javax|org\\.xml|org\\.w3c|io\\.weir)\\..*")) {
      return true;
    }
    String prefix = ForeignTypes.prefixOf(used);
    return prefix != null && ForeignTypes.isAtHome(packageName, prefix);
  }

  @Test
  void namesSayWhatATypeIs() {
    noClasses()
        .that()
        .resideInAPackage("io.weir..")
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .because(
            "such a name says nothing, and everything finds its way into such a class; name the"
                + " one thing that it does, or what sets this implementation apart")
        .check(MainClasses.ALL);
  }

  @Test
  void timeAndThreadsAreHandedIn() {
    Effects.noneOf(List.of(Effects.TIME_AND_THREADS))
        .that(describe("are not where clocks and threads are made", Effects::isBelowTheEdge))
        .because(
            "a test and the simulator own time and threads; take io.weir.engine.Clock, an Executor"
                + " or a ThreadFactory as an argument")
        .check(MainClasses.ALL);
  }

  @Test
  void decisionsHaveNoEffects() {
    Effects.noneOf(List.of(Effects.TIME_AND_THREADS, Effects.CURRENT_TIME, Effects.CHANCE))
        .that(resideInAnyPackage(Layers.trees(Layers.PURE)))
        .because(
            "a decision is a function of facts; take the time or the random number as an argument")
        .check(MainClasses.ALL);
    noClasses()
        .that()
        .resideInAnyPackage(Layers.trees(Layers.PURE))
        .should()
        .dependOnClassesThat(Effects.INPUT_OUTPUT)
        .because(
            "a decision is a function of facts; let the caller read and write, hand in what was"
                + " read, and give back what is to be done")
        .check(MainClasses.ALL);
  }

  @Test
  void theRulesSeeWhatTheyForbid() {
    assertThat(Effects.foundIn(Planted.class, Effects.TIME_AND_THREADS)).hasSize(4);
    assertThat(Effects.foundIn(Planted.class, Effects.CURRENT_TIME)).hasSize(1);
    assertThat(Effects.foundIn(Planted.class, Effects.CHANCE)).hasSize(1);
    assertThat(mayUse("io.weir.engine", "jakarta.inject.Inject")).isFalse();
    assertThat(mayUse("io.weir.connector.jms", "jakarta.jms.Message")).isTrue();
    assertThat(mayUse("io.weir.connector.jms", "jakarta.inject.Inject")).isFalse();
    assertThat(mayUse("io.weir.server", "com.example.Unheard")).isFalse();
  }

  /** Does what is forbidden, to show that it is seen. */
  private static final class Planted {
    private final LongSupplier byReference = System::nanoTime;

    @SuppressWarnings("UnusedMethod") // it is looked at, not called
    long all() throws InterruptedException {
      TimeUnit unit = TimeUnit.SECONDS;
      unit.sleep(0);
      new Thread(() -> {}).interrupt();
      long later = Instant.now().toEpochMilli();
      return System.currentTimeMillis()
          + byReference.getAsLong()
          + later
          + Double.hashCode(Math.random());
    }
  }
}
