package io.weir.api.connector.sink;

/** The surroundings of a committer. */
public interface CommitterInitContext extends InitContext {}
