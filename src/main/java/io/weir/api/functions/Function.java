package io.weir.api.functions;

import java.io.Serializable;

/** What all functions have in common: they are copied to the subtasks in serialized form. */
public interface Function extends Serializable {}
