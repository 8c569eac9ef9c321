package io.weir.api.types;

import java.io.Serializable;
import java.util.Objects;

/**
 * Names a side output of an operator and the type of its records.
 *
 * <p>Create it as an anonymous subclass, so that the type is kept at run time: {@code new
 * OutputTag<String>("late") {}}; make it a static field when it is used within a function, since an
 * anonymous class of an instance keeps, and is serialized with, that instance. Tags of one id are
 * equal.
 *
 * @param <T> type of the side output's records
 */
public class OutputTag<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String id;
  private final TypeInformation<T> typeInfo;

  /**
   * Captures the type from the anonymous subclass.
   *
   * @param id name of the side output, not empty; unique among the side outputs of an operator
   * @throws InvalidTypesException if the tag is not an anonymous subclass, or if its type argument
   *     contains a type variable
   */
  public OutputTag(String id) {
    this.id = checkId(id);
    this.typeInfo =
        TypeExtraction.<T>typeArgument(getClass(), OutputTag.class, 0)
            .orElseThrow(
                () ->
                    new InvalidTypesException(
                        "The type of side output '"
                            + id
                            + "' is unknown. Create the tag as an anonymous subclass, new OutputTag<String>(\""
                            + id
                            + "\") {}, or pass a TypeInformation."));
  }

  /**
   * Takes the type as it is given.
   *
   * @param id name of the side output, not empty; unique among the side outputs of an operator
   * @param typeInfo type of its records, not null
   */
  public OutputTag(String id, TypeInformation<T> typeInfo) {
    this.id = checkId(id);
    this.typeInfo = Objects.requireNonNull(typeInfo, "typeInfo");
  }

  private static String checkId(String id) {
    Objects.requireNonNull(id, "id");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("The id of a side output must not be empty");
    }
    return id;
  }

  /** The name of the side output. */
  public String getId() {
    return id;
  }

  /** The type of the side output's records. */
  public TypeInformation<T> getTypeInfo() {
    return typeInfo;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutputTag<?> that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "OutputTag(" + typeInfo + ", " + id + ")";
  }
}
