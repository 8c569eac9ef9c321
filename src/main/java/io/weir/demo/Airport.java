package io.weir.demo;

import java.util.List;

/**
 * An airport.
 *
 * @param iata its code
 * @param name its name
 * @param city the city, empty if not known
 * @param state the state, empty if not known
 */
public record Airport(String iata, String name, String city, String state) {
  private static final int COLUMNS = 7;

  /** An airport of which only the code is known. */
  static Airport unknown(String iata) {
    return new Airport(iata, "", "", "");
  }

  /** Reads a line {@code iata,name,city,state,country,latitude,longitude}. */
  static Airport parse(String line) {
    List<String> fields = Csv.fields(line, COLUMNS);
    return new Airport(fields.get(0), fields.get(1), fields.get(2), fields.get(3));
  }
}
