package io.weir.api.connector;

import java.io.Serializable;

/** A message between an enumerator and a reader. */
public interface SourceEvent extends Serializable {}
