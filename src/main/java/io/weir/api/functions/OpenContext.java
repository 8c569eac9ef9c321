package io.weir.api.functions;

/** What a function is told when it is opened; carries nothing so far. */
public interface OpenContext {}
