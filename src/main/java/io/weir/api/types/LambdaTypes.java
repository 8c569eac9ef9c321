package io.weir.api.types;

import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The types of a lambda or method reference, read from the form in which it would be serialized:
 * the erased signature that the compiler chose, and the method that it calls.
 */
final class LambdaTypes {
  private final MethodType signature;
  private final Optional<Method> calledMethod;

  private LambdaTypes(MethodType signature, Optional<Method> calledMethod) {
    this.signature = signature;
    this.calledMethod = calledMethod;
  }

  /** Empty if the function is not a serializable lambda or method reference. */
  static Optional<LambdaTypes> of(Object function) {
    if (!function.getClass().isSynthetic()) {
      return Optional.empty();
    }
    try {
      Method writeReplace = function.getClass().getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      if (!(writeReplace.invoke(function) instanceof SerializedLambda lambda)) {
        return Optional.empty();
      }
      ClassLoader loader = function.getClass().getClassLoader();
      return Optional.of(
          new LambdaTypes(
              MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), loader),
              findCalledMethod(lambda, loader)));
    } catch (NoSuchMethodException notALambda) {
      return Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new InvalidTypesException(
          "The types of the lambda " + function.getClass().getName() + " cannot be read: " + e, e);
    }
  }

  private static Optional<Method> findCalledMethod(SerializedLambda lambda, ClassLoader loader)
      throws ClassNotFoundException {
    Class<?> declaring = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
    List<Method> candidates = new ArrayList<>(List.of(declaring.getMethods()));
    for (Class<?> type = declaring; type != null; type = type.getSuperclass()) {
      candidates.addAll(List.of(type.getDeclaredMethods()));
    }
    return candidates.stream()
        .filter(method -> method.getName().equals(lambda.getImplMethodName()))
        .filter(method -> descriptorOf(method).equals(lambda.getImplMethodSignature()))
        .findFirst();
  }

  private static String descriptorOf(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .toMethodDescriptorString();
  }

  /** The type that a parameter of the functional interface has in this lambda. */
  <T> Optional<TypeInformation<T>> typeArgument(Class<?> functionType, int typeParameter) {
    TypeVariable<?> wanted = functionType.getTypeParameters()[typeParameter];
    TypeBindings bindings = TypeBindings.of(functionType);
    Method method = singleAbstractMethod(functionType);
    if (wanted.equals(bindings.substitute(method.getGenericReturnType()))) {
      return known(signature.returnType(), calledMethod.map(Method::getGenericReturnType));
    }
    Type[] parameters = method.getGenericParameterTypes();
    for (int i = 0; i < parameters.length; i++) {
      Type parameter = bindings.substitute(parameters[i]);
      if (wanted.equals(parameter)) {
        return known(signature.parameterType(i), declaredParameter(i));
      }
    }
    return collected(wanted, bindings, parameters);
  }

  /** The argument of a generic parameter, as of {@code Collector<OUT>}. */
  private <T> Optional<TypeInformation<T>> collected(
      TypeVariable<?> wanted, TypeBindings bindings, Type[] parameters) {
    for (int i = 0; i < parameters.length; i++) {
      Optional<Type> declared = declaredParameter(i);
      if (declared.isPresent()) {
        TypeBindings found = TypeBindings.none();
        found.unify(
            bindings.substitute(parameters[i]), TypeBindings.none().substitute(declared.get()));
        Type type = found.substitute(wanted);
        if (!type.equals(wanted) && isInformative(type)) {
          return TypeInformation.resolved(type);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Prefers the compiler's class when it says all; else asks the declaration of the called method.
   */
  private static <T> Optional<TypeInformation<T>> known(Class<?> erased, Optional<Type> declared) {
    if (isInformative(erased)) {
      return TypeInformation.resolved(erased);
    }
    return declared
        .map(TypeBindings.none()::substitute)
        .filter(type -> erased.isAssignableFrom(ResolvedTypes.erase(type)))
        .filter(LambdaTypes::isInformative)
        .flatMap(TypeInformation::resolved);
  }

  /**
   * False for Object, void and raw generic classes: types from which the compiler took something.
   */
  private static boolean isInformative(Type type) {
    Class<?> element = ResolvedTypes.erase(type);
    while (element.isArray()) {
      element = element.getComponentType();
    }
    boolean raw = ResolvedTypes.isErased(type) && element.getTypeParameters().length > 0;
    return !raw && element != Object.class && element != void.class;
  }

  /**
   * Captured values stand before, and a receiver stands outside of, the called method's parameters.
   */
  private Optional<Type> declaredParameter(int index) {
    return calledMethod.flatMap(
        method -> {
          int position = index + method.getParameterCount() - signature.parameterCount();
          boolean inRange = position >= 0 && position < method.getParameterCount();
          return inRange
              ? Optional.of(method.getGenericParameterTypes()[position])
              : Optional.empty();
        });
  }

  private static Method singleAbstractMethod(Class<?> functionType) {
    return Arrays.stream(functionType.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(functionType + " is not a functional interface"));
  }
}
