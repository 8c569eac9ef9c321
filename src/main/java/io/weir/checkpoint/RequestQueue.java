package io.weir.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Requests that wait for their turn: savepoints, then forced ones, then all others; in the order of
 * their arrival among equals.
 *
 * @param requests in the order in which they are served
 */
record RequestQueue(List<CheckpointRequest> requests) {
  static final int MAX_REQUESTS = 1000;
  static final RequestQueue EMPTY = new RequestQueue(List.of());

  RequestQueue {
    requests = List.copyOf(requests);
  }

  /**
   * What becomes of the queue when a request arrives.
   *
   * @param refused the one that found no room: the new one, or one that the new one overtook
   */
  record Offer(RequestQueue queue, Optional<CheckpointRequest> refused) {}

  Offer offer(CheckpointRequest request) {
    List<CheckpointRequest> more = new ArrayList<>(requests);
    int place = more.size();
    while (place > 0 && more.get(place - 1).rank() > request.rank()) {
      place--;
    }
    more.add(place, request);
    Optional<CheckpointRequest> refused =
        more.size() > MAX_REQUESTS ? Optional.of(more.remove(MAX_REQUESTS)) : Optional.empty();
    return new Offer(new RequestQueue(more), refused);
  }

  Optional<CheckpointRequest> head() {
    return requests.isEmpty() ? Optional.empty() : Optional.of(requests.get(0));
  }

  RequestQueue tail() {
    return new RequestQueue(requests.subList(1, requests.size()));
  }

  boolean contains(String requestId) {
    return requests.stream().anyMatch(request -> request.requestId().equals(requestId));
  }
}
