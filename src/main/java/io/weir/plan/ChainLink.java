package io.weir.plan;

import io.weir.api.types.OutputTag;

/**
 * From an operator to the next one of its chain.
 *
 * @param target index of the next one in {@link PlannedVertex#operators()}
 * @param sideOutput the side output that feeds it, or null for the main output
 */
public record ChainLink(int target, OutputTag<?> sideOutput) {}
