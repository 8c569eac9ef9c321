package io.weir.api.graph;

/** Whether an operator may run in one task with its neighbours. */
public enum ChainingStrategy {
  /** It is fused with its predecessor and its successors wherever the edge allows it. */
  ALWAYS,
  /** It begins a chain: fused with its successors only. */
  HEAD,
  /** It runs as a task of its own. */
  NEVER
}
